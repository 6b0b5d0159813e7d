"""Which lessons are proposed, and that a confidential reason proposes none."""

from datetime import date

from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.lessons_for import by_suitability, tags_of
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.teaching_topic import Source, Topic


def reason(kind, sensitivity=Sensitivity.ORDINARY, **arguments):
    return Reason(
        ReasonId(kind), MemberId("m"), kind, "rule", "1", "", "", "", date(2026, 11, 1),
        arguments=arguments, sensitivity=sensitivity,
    )  # fmt: skip


def topic(name, *about):
    return Topic(name, "1", "draft", "", about, Source("", 2020, "K"), {})


TOPICS = (
    topic("a1c", "diabetes"),
    topic("after-hospital", "discharge"),
    topic("daily-weight", "heart_failure"),
    topic("tobacco", "tobacco"),
)


def test_the_condition_of_the_stay_comes_before_the_stay():
    tags = tags_of([reason(ReasonKind.DISCHARGE, condition="heart_failure")])
    assert tags == ("heart_failure", "discharge")
    found = by_suitability(TOPICS, tags)
    assert [(each.id, suits) for each, suits in found] == [
        ("daily-weight", True),
        ("after-hospital", True),
        ("a1c", False),
        ("tobacco", False),
    ]


def test_a_medicine_stands_for_what_it_is_taken_for():
    assert "diabetes" in tags_of([reason(ReasonKind.REFILL, drug_class="biguanide")])
    assert tags_of([reason(ReasonKind.SCREENING, screening="colorectal")]) == ("screening_colorectal",)


def test_a_confidential_reason_proposes_nothing():
    assert tags_of([reason(ReasonKind.REFILL, Sensitivity.CONFIDENTIAL, drug_class="biguanide")]) == ()


def test_without_a_reason_every_lesson_is_offered_and_none_proposed():
    assert [suits for _, suits in by_suitability(TOPICS, ())] == [False] * 4
