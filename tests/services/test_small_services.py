"""Lessons, notes, drafts, search, the desk's status: each keeps its one promise."""

from datetime import timedelta

import pytest

from coordinator_app.domain.activity import Note, TeachBack, Teaching
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.teaching_topic import Topic, topic_from
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.note_keeping import NoteKeeping
from coordinator_app.services.searching import Searching
from coordinator_app.services.status import Status
from coordinator_app.services.teaching import Lesson, TeachingNotes
from tests.services.fakes import PEDRO, RESOURCES, ROSA, TUESDAY_MORNING, FakeDesk, Someone, member


class Shelf:
    def topics(self) -> list[Topic]:
        import json

        files = sorted((RESOURCES / "education").glob("*.json"))
        return [topic_from(json.loads(file.read_text(encoding="utf-8"))) for file in files]


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member())
    made.world.add(member(PEDRO, family="Silva", given="Pedro"))
    return made


@pytest.fixture
def teaching(desk: FakeDesk) -> TeachingNotes:
    return TeachingNotes(desk.open_book, desk.clock, Someone(), Shelf())


@pytest.mark.parametrize("result", list(TeachBack))
def test_a_lesson_is_kept_with_its_version_and_what_came_back(
    desk: FakeDesk, teaching: TeachingNotes, result: TeachBack
) -> None:
    topic = teaching.topics()[0]
    teaching.record(Lesson(ROSA, topic.id, result, "es"))
    [act] = [act for act in desk.world.acts if isinstance(act, Teaching)]
    assert (act.topic, act.result, act.topic_version, act.language) == (topic.id, result, topic.version, "es")


def test_a_language_nobody_wrote_the_topic_in_is_said(teaching: TeachingNotes) -> None:
    topic = teaching.topics()[0].id
    assert teaching.record(Lesson(ROSA, topic, TeachBack.SAID_BACK, "es")).speaks_language
    assert not teaching.record(Lesson(ROSA, topic, TeachBack.SAID_BACK, "vi")).speaks_language


def test_a_topic_that_is_not_in_the_library_is_refused(desk: FakeDesk, teaching: TeachingNotes) -> None:
    with pytest.raises(Refusal) as refused:
        teaching.record(Lesson(ROSA, "astrology", TeachBack.SAID_BACK))
    assert (refused.value.code, desk.world.acts) == ("unknown_topic", [])


def test_a_note_is_signed_and_its_draft_is_gone(desk: FakeDesk) -> None:
    desk.keep_draft(Draft(ROSA, "note", TUESDAY_MORNING, {"text": "moved to her"}))
    NoteKeeping(desk.open_book, desk.clock, Someone()).keep(ROSA, "moved to her daughter")
    assert [act.text for act in desk.world.acts if isinstance(act, Note)] == ["moved to her daughter"]
    assert desk.world.drafts == []


def test_an_empty_note_is_refused(desk: FakeDesk) -> None:
    with pytest.raises(Refusal) as refused:
        NoteKeeping(desk.open_book, desk.clock, Someone()).keep(ROSA, " \n")
    assert refused.value.code == "empty"


def test_a_draft_is_kept_once_for_each_form_and_found_after_a_start(desk: FakeDesk) -> None:
    drafts = Drafts(desk.keep_draft, desk.drop_draft, desk.open_shelves, desk.clock)
    for text in ("F", "Fe", "Feels better"):
        drafts.keep(ROSA, "call", {"note": text})
    desk.clock.at += timedelta(seconds=1)
    drafts.keep(PEDRO, "note", {"text": "x"})
    assert [(each.member_id, each.kind) for each in drafts.unfinished()] == [(PEDRO, "note"), (ROSA, "call")]
    found = drafts.of(ROSA, "call")
    assert found is not None
    assert found.content == {"note": "Feels better"}
    drafts.drop(ROSA, "call")
    assert drafts.of(ROSA, "call") is None


def test_search_asks_for_two_characters_and_tells_people_apart(desk: FakeDesk) -> None:
    searching = Searching(desk.open_shelves)
    assert searching.find("s") == ()
    [found] = searching.find("sil")
    assert (found.name, found.birth_date.year) == ("SILVA, Pedro", 1945)


def test_the_desk_tells_whose_it_is_and_what_waits(desk: FakeDesk) -> None:
    desk.world.profile.update({"login": "ana", "name": "Ana Ruiz", "server": "s", "epoch": "1", "role": "coordinator"})
    NoteKeeping(desk.open_book, desk.clock, Someone()).keep(ROSA, "moved")
    now = Status(desk.open_shelves, desk.clock).now()
    assert (now.login, now.person, now.members, now.waiting, now.frozen_on) == ("ana", "Ana Ruiz", 2, 1, None)
