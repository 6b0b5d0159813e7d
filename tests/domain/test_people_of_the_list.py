"""Who is kept out of the list, who looks alike, and when tries are enough."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.activity import Contact, Outcome
from coordinator_app.domain.next_step import next_step
from coordinator_app.domain.outreach.listing import Cause, Mark, PersonStatus, marks, not_listed
from coordinator_app.domain.outreach.look_alikes import Named, are_like, look_alikes, plain_name
from coordinator_app.domain.outreach.protocol import Caution, attempts_of, cautions, may_call, part_of_day, quiet_until
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import ROSA, TODAY, at, day, now, terms

PROTOCOL = terms().protocol


def test_a_death_told_to_us_holds_everything():
    found = not_listed(PersonStatus(deceased_on=day("2026-11-20"), death_source="staff"), TODAY)
    assert (found.cause, found.source, found.since, found.confirm_by) == (
        Cause.DECEASED,
        "staff",
        day("2026-11-20"),
        None,
    )


def test_a_death_only_a_feed_tells_is_to_be_confirmed_within_two_days():
    told = PersonStatus(deceased_on=day("2026-11-20"), death_source="payer", death_known_on=day("2026-11-23"))
    found = not_listed(told, TODAY)
    assert (found.cause, found.source, found.confirm_by) == (Cause.DEATH_REPORTED, "payer", day("2026-11-25"))


def test_a_death_called_wrong_or_right_by_a_person_is_settled():
    told = {"deceased_on": day("2026-11-20"), "death_source": "payer"}
    assert not_listed(PersonStatus(**told, death_confirmed=False), TODAY) is None
    assert not_listed(PersonStatus(**told, death_confirmed=True), TODAY).cause is Cause.DECEASED


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({"opted_out_on": TODAY, "opted_out_source": "payer"}, Cause.OPTED_OUT),
        ({"left_on": TODAY, "left_source": "payer"}, Cause.LEFT),
        ({"moved_on": TODAY, "moved_source": "staff"}, Cause.MOVED),
        ({"in_hospital_since": TODAY, "hospital_source": "adt"}, Cause.IN_HOSPITAL),
        ({"no_calls_since": TODAY, "no_calls_source": "staff"}, Cause.NO_CALLS),
    ],
)
def test_others_are_kept_out_with_cause_source_and_day(told, cause):
    found = not_listed(PersonStatus(**told), TODAY)
    assert (found.cause, found.since) == (cause, TODAY)
    assert found.source
    assert not_listed(PersonStatus(**told), TODAY - timedelta(1)) is None


def test_no_telephone_and_hospice_are_marks_and_keep_nobody_out():
    status = PersonStatus(has_phone=False, hospice_since=day("2026-11-01"))
    assert not_listed(status, TODAY) is None
    assert marks(status) == (Mark.NO_PHONE, Mark.HOSPICE)
    assert marks(PersonStatus()) == ()


def named(member, family, given, born="1950-01-01"):
    return Named(member, family, given, day(born))


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Maria", "María", True),
        ("Maria", "Maria José", True),
        ("Maria", "Mariah", True),
        ("Jon", "Jonathan", False),
        ("John", "Jonh", True),
        ("Marta", "Maria", True),
        ("Joan", "John", True),
        ("Ana", "Eva", False),
        ("Thuy", "Thu", False),
        ("Robert", "Roberto", True),
        ("Peter", "Paul", False),
        ("", "Ana", False),
    ],
)
def test_given_names_are_like_when_one_letter_or_an_ending_parts_them(one, other, like):
    assert are_like(one, other) == like
    assert are_like(other, one) == like


def test_same_family_with_like_given_name_or_same_birth_date_are_look_alikes():
    people = [
        named("a", "García López", "María"),
        named("b", "GARCIA-LOPEZ", "Maria", "1961-02-02"),
        named("c", "García López", "Pedro"),
        named("d", "García López", "Wanda", "1972-02-02"),
        named("e", "Nguyễn", "Thuy"),
        named("f", "O'Brien", "Pat", "1940-05-05"),
        named("g", "Brien", "Pat", "1940-05-05"),
    ]
    found = look_alikes(people)
    assert found == {
        "a": {"b", "c"},
        "b": {"a"},
        "c": {"a"},
        "f": {"g"},
        "g": {"f"},
    }


def test_marks_of_many_languages_do_not_part_names():
    assert plain_name("Łukasz") == plain_name("LUKASZ")
    assert plain_name("Nguyễn Đức") == "nguyen duc"
    assert plain_name("  O'Brien-Smith ") == "o brien smith"


@given(st.lists(st.tuples(st.sampled_from("AB"), st.text("abmr", max_size=5)), max_size=14))
def test_no_like_pair_of_one_family_is_missed(names):
    people = [named(str(n), family, given, f"19{n + 10}-01-01") for n, (family, given) in enumerate(names)]
    found = look_alikes(people)
    for one in people:
        for other in people:
            same = one.member_id != other.member_id and one.family == other.family
            assert (other.member_id in found.get(one.member_id, ())) == (same and are_like(one.given, other.given))


def call(hour, on=TODAY, outcome=Outcome.NO_ANSWER, **told):
    when = at(hour, on)
    return Contact(f"{on}{hour}", ROSA, "ana", when, when, Sensitivity.ORDINARY, outcome, **told)


def attempts(*calls, tier=Tier.DATED):
    return attempts_of(calls, TODAY - timedelta(14), tier, now("18:00"), PROTOCOL)


def test_tries_are_enough_only_when_spread_over_days_and_parts_of_the_day():
    yesterday = TODAY - timedelta(1)
    one_morning = attempts(call("09:00"), call("09:30"), call("10:00"))
    assert (one_morning.made, one_morning.asked, one_morning.is_spent) == (3, 3, False)
    assert not attempts(call("09:00"), call("09:30", yesterday), call("10:00")).is_spent
    assert attempts(call("09:00"), call("14:00", yesterday), call("10:00")).is_spent
    assert not attempts(call("09:00"), call("14:00", yesterday), call("10:00"), tier=Tier.DISCHARGE).is_spent


def test_a_conversation_begins_the_count_anew_and_incoming_or_old_calls_do_not_count():
    old = call("09:00", TODAY - timedelta(20))
    spoke = call("11:00", outcome=Outcome.REACHED)
    assert attempts(old, call("09:00"), spoke, call("15:00")).made == 1
    assert attempts(call("09:00", direction="in")).made == 0


@pytest.mark.parametrize(
    ("hour", "part"),
    [("06:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("17:00", "evening"), ("03:00", "evening")],
)
def test_the_day_has_three_parts(hour, part):
    assert part_of_day(at(hour), now(), PROTOCOL) == part


def test_people_are_called_from_eight_to_nine_in_the_evening():
    assert may_call(at("08:00"), now(), PROTOCOL)
    assert not may_call(at("07:59"), now(), PROTOCOL)
    assert not may_call(at("21:01"), now(), PROTOCOL)


@pytest.mark.parametrize(
    ("clock", "zone", "best", "found"),
    [
        ("10:00", "", "", []),
        ("07:59", "", "", [Caution.HOURS]),
        ("08:30", "America/Los_Angeles", "", [Caution.HOURS]),
        ("10:00", "", "09:00-14:30", []),
        ("15:00", "", "09:00–12:00, 16:00-18:00", [Caution.BEST_HOURS]),
        ("15:00", "", "after her shift", []),
    ],
)
def test_calling_hours_of_the_persons_own_zone_and_best_hours_mark_the_row(clock, zone, best, found):
    assert list(cautions(now(clock), zone, best, None, PROTOCOL)) == found


def test_others_wait_some_days_after_somebody_spoke_with_the_person():
    spoke = call("10:00", TODAY - timedelta(3), Outcome.REACHED)
    until = quiet_until([spoke], now(), PROTOCOL)
    assert until == TODAY + timedelta(4)
    assert list(cautions(now(), "", "", until, PROTOCOL)) == [Caution.QUIET]
    assert quiet_until([call("10:00")], now(), PROTOCOL) is None
    assert quiet_until([call("10:00", TODAY - timedelta(7), Outcome.REACHED)], now(), PROTOCOL) is None


def test_the_days_until_the_next_try_are_rule_data_and_stand_in_one_place():
    attempts = attempts_of([], TODAY, Tier.HIGH, now(), PROTOCOL)
    told = {"attempts": attempts, "now": now()}
    urgent = next_step(Outcome.NO_ANSWER, tier=Tier.DISCHARGE, terms=PROTOCOL, **told)
    other = next_step(Outcome.NO_ANSWER, tier=Tier.HIGH, terms=PROTOCOL, **told)
    assert (now().calendar.day_of(urgent.due_at), now().calendar.day_of(other.due_at)) == (
        day("2026-11-25"),
        day("2026-11-27"),
    )
    later = replace(PROTOCOL, next_try={Outcome.NO_ANSWER: (2, 2)})
    assert next_step(Outcome.NO_ANSWER, tier=Tier.DISCHARGE, terms=later, **told).due_at == other.due_at
