"""Shelves of a real store: what was written comes back as domain values, in order, filtered in SQL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.domain import activity as acts
from coordinator_app.domain.activity import Act, Contact, Outcome, Retraction
from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.ids import ActivityId, ClinicianId, MemberId, ReasonId, StaffId, new_id
from coordinator_app.domain.ranked import Ranked, Shown, Tab
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.call_logging import CallForm
from coordinator_app.storage.local.shelves import rank
from coordinator_app.storage.local.shelves.act_rows import TABLES, row_of, table_of
from coordinator_app.storage.local.shelves.everything import Shelves
from coordinator_app.storage.local.shelves.rank import place_of
from coordinator_app.storage.tables import care, local
from tests.ui.screens.sample_people import ANA, PANEL, TODAY, made
from tests.ui.screens.sample_store import Sample

ROSA = MemberId(made("member", "204 118"))
AT = datetime(2026, 11, 24, 15, 0, 0, 123456, tzinfo=UTC)
COMMON = (ROSA, StaffId(ANA), AT, AT + timedelta(seconds=3), Sensitivity.CONFIDENTIAL)
CONTACT_ID = ActivityId(new_id())


def one_of_each() -> list[Act]:
    def fresh() -> ActivityId:
        return ActivityId(new_id())

    return [
        Contact(CONTACT_ID, *COMMON, Outcome.CAREGIVER, "caregiver", number="+1", identity=(acts.Identifier.ZIP,),
                topics=("daily_weight",), note="Łukasz “said” 'yes'", seconds=71, call_back_at=AT),
        acts.Response(fresh(), *COMMON, ReasonId(new_id()), acts.ResponseKind.SNOOZED, CONTACT_ID, "x",
                      date(2026, 12, 1), date(2026, 11, 1)),
        acts.FollowUp(fresh(), *COMMON, AT, CONTACT_ID, "call", "protocol.no_answer"),
        acts.Teaching(fresh(), *COMMON, "salt", acts.TeachBack.NOT_YET, CONTACT_ID, "1", "es", "daughter", "again"),
        acts.Visit(fresh(), *COMMON, fresh(), acts.VisitState.CONFIRMED, "pcp", fresh(), ClinicianId(new_id()), "there",
                   AT, 45, date(2026, 11, 29), "phone", "Dana", "Dana", "n"),
        acts.LetterPrinted(fresh(), *COMMON, "diabetes", "Program", "program", "en", "referral", "1",
                           "0" * 64, 2, "yes", "fax"),
        acts.Note(fresh(), *COMMON, "moved"),
        Retraction(fresh(), *COMMON, "contact", fresh(), "undo"),
        acts.Review(fresh(), *COMMON, CONTACT_ID, "returned", "which?"),
    ]  # fmt: skip


@pytest.mark.parametrize("act", one_of_each(), ids=lambda act: type(act).__name__)
def test_an_act_comes_back_as_it_was_written(sample: Sample, act: Act) -> None:
    beside = {"facts": {}} if isinstance(act, acts.LetterPrinted) else {}
    with sample.store.saving() as connection:
        connection.execute(insert(table_of(act)).values({**row_of(act), **beside, "panel_id": PANEL}))
        connection.commit()
    with sample.store.reading() as connection:
        assert Shelves(connection).acts.one(type(act), act.id) == act


def test_every_kind_of_act_has_its_table() -> None:
    kinds = {
        kind for kind in vars(acts).values() if isinstance(kind, type) and issubclass(kind, Act) and kind is not Act
    }
    assert set(TABLES) == kinds


def test_a_member_comes_with_numbers_people_and_permissions(shelves: Shelves) -> None:
    member = shelves.people.member(ROSA)
    assert member is not None
    assert (member.name, member.birth_date) == ("GARCÍA LÓPEZ, María José", date(1945, 7, 14))
    reach = shelves.people.reach(ROSA)
    assert reach.points[0].value == "+14135550142"
    assert shelves.people.profiles([ROSA])[ROSA] == reach.profile


def test_one_statement_or_many_give_the_same_people(shelves: Shelves) -> None:
    everybody = shelves.people.members()
    assert shelves.people.members(everybody) == everybody
    assert shelves.people.with_phone(everybody) == shelves.people.with_phone(None)
    assert list(shelves.reasons.of_all(sorted(everybody))) == list(shelves.reasons.of_all())


def test_facts_come_newest_first_and_by_kind(shelves: Shelves) -> None:
    facts = shelves.facts.of(ROSA)
    days = [fact.starts_on for fact in facts if fact.starts_on]
    assert days == sorted(days, reverse=True)
    assert {fact.kind for fact in shelves.facts.of(ROSA, [FactKind.DISPENSE])} == {FactKind.DISPENSE}


def test_a_reason_brings_its_evidence_and_arguments(shelves: Shelves) -> None:
    [home] = [each for each in shelves.reasons.of(ROSA) if each.kind is ReasonKind.DISCHARGE]
    assert (home.evidence[0].source, home.evidence[0].on) == ("hospital", home.evidence_on)
    assert home.arguments["condition"] == "heart_failure"


def test_what_was_taken_back_is_left_out_and_can_still_be_asked_for(desk: Desk, sample: Sample) -> None:
    contact = desk.calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).contact
    desk.undoing.take_back("contact", contact.id)
    with sample.store.reading() as connection:
        shelf = Shelves(connection).acts
        assert contact.id not in {each.id for each in shelf.of(Contact, ROSA)}
        assert shelf.one(Contact, contact.id) == contact
        assert contact.id in {each.id for each in shelf.newest(Contact, since=None, limit=9)}
        assert shelf.taken_back([contact.id])[contact.id].cause == "undo"


def test_an_act_waits_until_its_op_was_taken(desk: Desk, sample: Sample) -> None:
    contact = desk.calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).contact
    with sample.store.reading() as connection:
        assert Shelves(connection).acts.waiting([contact.id]) == {contact.id}
        assert Shelves(connection).desk.waiting() == 1
    with sample.store.saving() as connection:
        connection.execute(local.outbox.update().values(state="acked"))
        connection.commit()
    with sample.store.reading() as connection:
        assert Shelves(connection).acts.waiting([contact.id]) == set()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("garc", "GARCÍA LÓPEZ, María José"),
        ("GARCIA maria", "GARCÍA LÓPEZ, María José"),
        ("lópez", "GARCÍA LÓPEZ, María José"),
        ("minh", "TRAN, Minh Đức"),
        ("204 231", "TRAN, Minh Đức"),
        ("1945-07", "GARCÍA LÓPEZ, María José"),
        ("07/14/1945", "GARCÍA LÓPEZ, María José"),
        ("garc 0142", "GARCÍA LÓPEZ, María José"),
        ("duc", "TRAN, Minh Đức"),
        ("đức", "TRAN, Minh Đức"),
        ("lukasz", "KOWALCZYK, Łukasz"),
        ("obri patrick j", "O’BRIEN, Patrick J."),
        ("o'brien j", "O’BRIEN, Patrick J."),
        ("O’Bri J", "O’BRIEN, Patrick J."),
    ],
)
def test_a_person_is_found_by_a_few_letters_or_digits(desk: Desk, typed: str, found: str) -> None:
    assert [each.name for each in desk.searching.find(typed)] == [found]


@pytest.mark.parametrize("typed", ["+14135550142", "5550142", "0142"])
def test_a_number_is_found_by_all_of_it_or_by_its_end(desk: Desk, typed: str) -> None:
    assert "GARCÍA LÓPEZ, María José" in {each.name for each in desk.searching.find(typed)}


@pytest.mark.parametrize("typed", ['"', 'garc" OR "tran', "garc NOT maria", "garc*", "(", "name:garc", "a"])
def test_what_is_typed_is_never_taken_for_the_search_language(desk: Desk, typed: str) -> None:
    assert len(desk.searching.find(typed)) <= 1


def rows_for_order() -> list[Ranked]:
    return [
        Ranked(MemberId("a"), Tab.CALL_TODAY, Tier.SAFETY, 0, None, Shown(name="a")),
        Ranked(MemberId("b"), Tab.CALL_TODAY, Tier.DISCHARGE, 40, date(2026, 11, 24), Shown(name="b")),
        Ranked(MemberId("c"), Tab.CALL_TODAY, Tier.DISCHARGE, 40, date(2026, 11, 25), Shown(name="c")),
        Ranked(MemberId("d"), Tab.CALL_TODAY, Tier.DISCHARGE, 40, None, Shown(name="d")),
        Ranked(MemberId("e"), Tab.CALL_TODAY, Tier.DISCHARGE, 39, date(2026, 1, 1), Shown(name="e")),
        Ranked(MemberId("f"), Tab.CALL_TODAY, Tier.ROUTINE, 900, date(2026, 1, 1), Shown(name="f")),
    ]


def test_one_number_orders_by_tier_then_points_then_deadline() -> None:
    assert [place_of(row) for row in rows_for_order()] == sorted(place_of(row) for row in rows_for_order())
    assert len({place_of(row) for row in rows_for_order()}) == 6
    assert max(map(place_of, rows_for_order())) < 2**63


def test_the_store_gives_rows_in_rank_order_with_all_they_show(sample: Sample) -> None:
    rich = Shown(
        name="x", birth_date=date(1945, 7, 14), kind=ReasonKind.REFILL, kinds=(ReasonKind.REFILL,), tags=("statin",),
        sentence="refill.late", arguments={"drug": "x", "n": 2}, sensitivity=Sensitivity.PART2, more=3, tries=("busy",),
        tries_allowed=4, opens_on=TODAY, is_new=True, done_at=AT, outcome="busy", back_on=TODAY, cause="c", source="s",
        on=TODAY, special_contact=True, call_instead="mother", has_namesake=True, language="es", preferred="p",
    )  # fmt: skip
    rows = rows_for_order()
    rows[3] = replace(rows[3], shown=rich)
    with sample.store.saving() as connection:
        rank.put_whole(connection, rows[::-1], TODAY)
        connection.commit()
    with sample.store.reading() as connection:
        shelf = Shelves(connection).rank
        assert list(shelf.page(Tab.CALL_TODAY, {}, limit=200, offset=0)) == rows
        assert list(shelf.page(Tab.CALL_TODAY, {}, limit=2, offset=3)) == rows[3:5]
        assert shelf.computed_for() == TODAY


def test_writing_some_rows_leaves_the_others(sample: Sample) -> None:
    with sample.store.saving() as connection:
        rank.put_whole(connection, rows_for_order(), TODAY)
        moved = replace(rows_for_order()[1], tab=Tab.DONE_TODAY)
        rank.put(connection, [moved], [MemberId("f")], TODAY)
        connection.commit()
    with sample.store.reading() as connection:
        counts = Shelves(connection).rank.counts()
        assert (counts[Tab.CALL_TODAY], counts[Tab.DONE_TODAY]) == (4, 1)


def test_filters_never_hide_what_is_urgent_and_say_what_they_would(desk: Desk) -> None:
    everybody = desk.queue.page()
    spanish = desk.queue.page(wanted={"language": "es"})
    urgent = {row.member_id for row in everybody.rows if row.tier <= Tier.DISCHARGE}
    assert urgent <= {row.member_id for row in spanish.rows}
    others = [row for row in spanish.rows if row.member_id not in urgent]
    assert {row.shown.language for row in others} <= {"es"}
    assert spanish.urgent_pinned == sum(row.shown.language != "es" for row in spanish.rows)
    assert spanish.total == len(spanish.rows) < everybody.total


@pytest.mark.parametrize(
    "wanted", [{"kind": "refill"}, {"tag": "statin"}, {"tier": "4"}, {"kind": "refill", "language": "en"}]
)
def test_each_filter_keeps_only_rows_that_fit(desk: Desk, wanted: dict[str, str]) -> None:
    rows = [row for row in desk.queue.page(wanted=wanted).rows if row.tier > Tier.DISCHARGE]
    assert rows
    for row in rows:
        fits = {
            "kind": wanted.get("kind") in {None, *row.shown.kinds},
            "tag": wanted.get("tag") in {None, *row.shown.tags},
            "tier": wanted.get("tier") in {None, str(int(row.tier))},
            "language": wanted.get("language") in {None, row.shown.language},
        }
        assert all(fits.values())


def test_an_unknown_filter_is_our_own_mistake(desk: Desk) -> None:
    with pytest.raises(ValueError, match="shoe size"):
        desk.queue.page(wanted={"shoe size": "42"})


def test_people_on_their_way_out_are_on_no_list(desk: Desk, sample: Sample) -> None:
    with sample.store.saving() as connection:
        connection.execute(insert(local.leaving).values(member_id=ROSA, panel_id=PANEL, noted_at=AT))
        desk.hooks.after_bundle(connection)
        connection.commit()
    assert ROSA not in {row.member_id for row in desk.queue.page().rows}


def test_a_save_that_fails_leaves_no_trace(desk: Desk, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("cut")

    before = desk.queue.page()
    monkeypatch.setattr(rank, "put", broken)
    with pytest.raises(RuntimeError):
        desk.calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    monkeypatch.undo()
    assert desk.queue.page() == before
    with sample.store.reading() as connection:
        assert Shelves(connection).desk.waiting() == 0
        assert not [each for each in Shelves(connection).acts.of(Contact, ROSA) if each.occurred_at > AT]


def test_a_draft_is_there_when_the_store_is_opened_again(desk: Desk, sample: Sample) -> None:
    desk.drafts.keep(ROSA, "call", {"note": "Feels bet"})
    desk.drafts.keep(ROSA, "call", {"note": "Feels better", "outcome": None})
    sample.store.close()
    again = Sample.desk(sample)
    found = again.drafts.of(ROSA, "call")
    assert found is not None
    assert found.content == {"note": "Feels better", "outcome": None}
    assert [draft.kind for draft in again.drafts.unfinished()] == ["call"]


def test_the_row_is_done_in_the_store_after_the_save_and_back_after_undo(desk: Desk) -> None:
    contact = desk.calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).contact
    assert ROSA in {row.member_id for row in desk.queue.page(Tab.DONE_TODAY).rows}
    desk.undoing.take_back("contact", contact.id)
    assert ROSA in {row.member_id for row in desk.queue.page().rows}


def marked_in(desk: Desk) -> set[MemberId]:
    return {row.member_id for tab in Tab for row in desk.queue.page(tab).rows if row.shown.has_namesake}


def test_a_page_leaves_look_alikes_as_they_are_marked(desk: Desk, sample: Sample) -> None:
    marked = marked_in(desk)
    assert marked
    with sample.store.receiving() as connection:
        desk.hooks.after_page(connection, [row.member_id for tab in Tab for row in desk.queue.page(tab).rows])
        connection.commit()
    assert marked_in(desk) == marked


def test_who_got_another_name_is_no_look_alike_any_more(desk: Desk, sample: Sample) -> None:
    marked = marked_in(desk)
    renamed = sorted(marked)[0]
    with sample.store.receiving() as connection:
        connection.execute(
            update(care.member).where(care.member.c.id == renamed).values(family="Quist", birth_date=date(1931, 1, 31))
        )
        desk.hooks.after_names(connection)
        connection.commit()
    assert renamed not in marked_in(desk)
    assert marked_in(desk) < marked
