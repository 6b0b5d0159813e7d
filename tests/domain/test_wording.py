"""What a row says, in two languages."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.listing import Cause, Mark
from coordinator_app.domain.outreach.priority import due_clock, named_points
from coordinator_app.domain.outreach.wording import (
    caveats,
    date_words,
    day_words,
    due_words,
    full_date,
    point_words,
    sentence,
)
from coordinator_app.domain.reasons import ReasonKind, Tier
from tests.domain.charts import (
    TODAY,
    Words,
    bundle,
    chart,
    colonoscopy,
    day,
    fill,
    history,
    judged,
    now,
    only,
    shipped,
    stay,
    terms,
)

ENGLISH, SPANISH = Words("en"), Words("es")


def home(*more, today=TODAY, code="I50.9"):
    facts = [history(), stay("2026-11-18", "2026-11-22", code, priority="EM"), *more]
    return only(judged(chart(*facts, born="2000-01-01"), today), "discharge.contact", today)


def said(reason, words=ENGLISH, **told):
    return sentence(words, reason.sentence, reason.arguments, TODAY, **told)


def test_a_discharge_is_said_with_event_day_and_gap():
    assert said(home()) == "Home from hospital Sunday, heart failure; not reached"
    assert said(home(), tries=1) == "Home from hospital Sunday, heart failure; tried once"
    assert said(home(), tries=3) == "Home from hospital Sunday, heart failure; tried 3 times"
    assert said(home(), SPANISH) == "Alta del hospital el domingo, insuficiencia cardíaca; sin contacto"


def test_a_condition_without_our_name_is_said_in_the_sources_words_or_left_out():
    assert said(home(code="Q99.9")) == "Home from hospital Sunday; not reached"


def test_a_late_refill_is_never_called_skipped():
    found = only(judged(chart(fill("2026-10-10", "1364445"))), "refill.late")
    assert said(found) == "Apixaban may have run out 8-Nov; no record of a refill"
    assert said(found, data_as_of=day("2026-11-20")) == (
        "Apixaban may have run out 8-Nov; no record of a refill (claims to 20-Nov)"
    )
    assert said(found, SPANISH) == "Apixabán pudo acabarse el 8-nov; sin registro de otra entrega"


def test_a_supply_that_lasts_still_is_not_said_to_have_run_out():
    found = only(judged(chart(fill("2026-10-10", "1364445"))), "refill.late")
    coming = replace(found, arguments={**found.arguments, "run_out_on": "2026-11-26"})
    assert said(coming) == "Apixaban may run out Thursday; no record of a refill"
    assert said(coming, SPANISH) == "Apixabán puede acabarse el jueves; sin registro de otra entrega"


def test_a_screening_says_what_is_on_record():
    none = only(judged(chart(history(), born="1960-01-01")), "screening.colorectal")
    again = only(judged(chart(colonoscopy("2014-06-12"), born="1960-01-01")), "screening.colorectal")
    assert said(none) == "No record of colorectal screening"
    assert said(again) == "Colonoscopy 12-Jun-2014; no later screening on record"
    assert said(again, SPANISH) == "Colonoscopia el 12-jun-2014; sin registro posterior"


@pytest.mark.parametrize(
    ("on", "english", "spanish"),
    [
        ("2026-11-24", "today", "hoy"),
        ("2026-11-23", "yesterday", "ayer"),
        ("2026-11-25", "tomorrow", "mañana"),
        ("2026-11-18", "Wednesday", "el miércoles"),
        ("2026-11-17", "17-Nov", "el 17-nov"),
        ("2026-11-30", "Monday", "el lunes"),
        ("1945-07-14", "14-Jul-1945", "el 14-jul-1945"),
    ],
)
def test_days_are_said_so_that_they_cannot_be_mistaken(on, english, spanish):
    assert day_words(ENGLISH, day(on), TODAY) == english
    assert day_words(SPANISH, day(on), TODAY) == spanish


def test_a_year_is_said_where_the_month_alone_could_mean_two():
    assert full_date(ENGLISH, day("1945-07-14")) == "14-Jul-1945"
    assert date_words(ENGLISH, day("2026-02-20"), TODAY) == "20-Feb"
    assert date_words(ENGLISH, day("2025-12-20"), TODAY) == "20-Dec-2025"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-24", "today 17:00"),
        ("2026-11-25", "Wed 25-Nov"),
        ("2026-12-04", "4-Dec"),
        ("2026-11-23", "1 day late"),
        ("2026-11-22", "2 days late"),
        (None, "no deadline"),
    ],
)
def test_the_deadline_is_said_beside_its_ring(due, words):
    clock = due_clock(day("2026-11-01"), day(due) if due else None, now())
    assert due_words(ENGLISH, clock, TODAY, time(17)) == words


@pytest.mark.parametrize("kind", [ReasonKind.WORSENING, ReasonKind.MEDICATION])
def test_a_result_nobody_agreed_a_day_for_is_never_late(kind):
    def told(due, tier):
        clock = due_clock(day("2026-11-20"), day(due) if due else None, now(), kind, tier)
        return due_words(ENGLISH, clock, TODAY, time(17))

    assert told("2026-11-21", Tier.SAFETY) == "call today"
    assert told(None, Tier.SAFETY) == "call today"
    assert told("2026-11-21", Tier.HIGH) == "still open"
    assert told("2026-11-25", Tier.HIGH) == "Wed 25-Nov"
    assert told(None, Tier.ROUTINE) == "no deadline"


def test_an_agreed_clock_is_late_even_in_the_first_tier():
    clock = due_clock(day("2026-11-18"), day("2026-11-22"), now(), ReasonKind.DISCHARGE, Tier.DISCHARGE)
    assert due_words(ENGLISH, clock, TODAY, time(17)) == "2 days late"


@pytest.mark.parametrize(
    ("told", "english", "spanish"),
    [
        ("from=6", "High potassium: we count from 6; no source", "Potasio alto: contamos desde 6; ninguna fuente"),
        ("count=2 days=365", "we count 2 or more, within 365 days", "contamos 2 o más, en 365 días"),
        ("strange=1", "by one of its numbers", "por uno de sus números"),
        ("pair", "rests on a drug label nobody has checked", "se basa en una ficha de medicamento"),
    ],
)
def test_a_limit_nobody_confirmed_is_named_with_its_number(told, english, spanish):
    arguments = {"unconfirmed": told, "points.worsening_potassium_high": 70}
    assert english in caveats(ENGLISH, arguments, TODAY)[0]
    assert spanish in caveats(SPANISH, arguments, TODAY)[0]


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_every_point_and_caveat_has_words(words):
    everything = chart(
        stay("2026-11-18", "2026-11-22", "I50.9"),
        colonoscopy("2012-01-01"),
        fill("2026-10-10", "1364445", None),
        fill("2026-07-10", "861007"),
        fill("2026-08-10", "861007"),
        born="1960-01-01",
    )
    for reason in judged(everything):
        for days in (0, 1, 2, 40):
            on = TODAY + timedelta(days)
            for point in named_points(reason, ledger_row(reason), on, terms().priority):
                assert point_words(words, point)
        assert said(reason, words)
        assert "{" not in said(reason, words)
    assert len(caveats(words, home().arguments, TODAY)) == 0
    unknown = only(judged(everything), "discharge.contact")
    assert caveats(words, unknown.arguments, TODAY)
    assumed = [r for r in judged(everything) if r.arguments.get("supply_assumed")]
    assert "30" in caveats(words, assumed[0].arguments, TODAY)[0]


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_every_code_the_rules_can_make_has_words(words):
    data = bundle()
    keys = [f"condition.{name}" for name in data["rules"]["conditions"]]
    keys += [f"points.{name}" for name in data["rules"]["discharge"]["points"]]
    keys += [f"points.{name}" for name in data["rules"]["screening"]["colorectal"]["points"]]
    keys += [f"points.class_{name}" for name in data["drugs"]["classes"]]
    keys += [f"drug.{entry['rxcui']}" for entry in data["drugs"]["ingredients"]]
    keys += [f"test.{test.name}" for screening in shipped().screenings for test in screening.tests]
    keys += [f"cause.{cause}" for cause in Cause] + [f"mark.{mark}" for mark in Mark] + ["confidential", "follow_up"]
    keys += [f"caveat.lace.{why}" for why in ("child", "obstetric", "psychiatric", "transfer", "short_history")]
    assert [key for key in keys if not words.has(f"reasons.{key}")] == []


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_no_word_blames_the_patient(words):
    told = " ".join(str(text).casefold() for text in words.sentences.values())
    for blame in (
        "overdue",
        "skipped",
        "non-adherent",
        "failed",
        "incumpl",
        "omitió",
        "fallido",
        "!",
        "please",
        "oops",
    ):
        assert blame not in told


def test_both_languages_have_the_same_keys():
    assert ENGLISH.sentences.keys() == SPANISH.sentences.keys()


def test_event_day_and_gap_fit_the_first_45_characters():
    assert said(home()).index("not reached") <= 45
    found = only(judged(chart(fill("2026-10-10", "1364445"))), "refill.late")
    assert said(found).index("no record") <= 45
