"""The lease at a real desk: what may still be saved on each day, whichever screen or command asks."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.screens.needs_you import write_out
from coordinator_app.domain.activity import Outcome, TeachBack
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.domain.lease import Standing
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.booking import VisitForm
from coordinator_app.services.call_logging import CallForm
from coordinator_app.services.letter_composing import LetterForm
from coordinator_app.services.teaching import Lesson
from coordinator_app.storage.local import profile
from tests.ui.screens.sample_people import NOW, people
from tests.ui.screens.sample_store import Sample

ROSA = next(iter(people())).id
DAY = timedelta(days=1)


class AtTheDesk:
    """A nurse with a store whose lease was renewed at NOW."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        with self.sample.store.saving() as connection:
            # Drafts of texts may be printed at a server of one's own machine; here the lease alone says no.
            profile.write(connection, {profile.SERVER: "postgresql+psycopg://127.0.0.1:5/x?keyfile=/nowhere/local.key"})
            connection.commit()
        self.desk: Desk = self.sample.desk()
        self.desk.lease._learn(
            {profile.LEASE: (NOW + 7 * DAY).isoformat(), profile.SKEW_MS: 0, profile.TIME_SEEN: _micros(NOW)}
        )

    def after(self, days: float) -> Desk:
        self.sample.now = NOW + days * DAY
        return self.desk

    def sent(self) -> int:
        with self.sample.store.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one())


def _micros(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


@pytest.fixture
def at_the_desk(sample: Sample):
    return AtTheDesk(sample)


MEMBER = MemberId(str(ROSA))


def call(desk: Desk) -> object:
    return desk.calls.record(CallForm(MEMBER, Outcome.NO_ANSWER))


def note(desk: Desk) -> object:
    return desk.notes.keep(MEMBER, "She will ask her daughter.")


def lesson(desk: Desk) -> object:
    topic = desk.teaching.topics()[0]
    return desk.teaching.record(Lesson(MEMBER, topic.id, TeachBack.SAID_BACK, language="en"))


def visit(desk: Desk) -> object:
    return desk.booking.ask(VisitForm(MEMBER, "pcp"))


def letter(desk: Desk) -> object:
    return desk.letters.print(LetterForm(MEMBER, desk.letters.programs()[0].program.id))


def reprint(desk: Desk) -> object:
    return desk.letters.reprint(ActivityId("00000000-0000-0000-0000-000000000000"))


def handout(desk: Desk) -> object:
    return desk.handouts.make(MEMBER, desk.teaching.topics()[0].id, "en")


def chart(desk: Desk) -> object:
    return desk.chart.open(MEMBER)


def code_of(act, desk: Desk) -> str:
    try:
        act(desk)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("act", [call, note, lesson, chart])
@pytest.mark.parametrize("days", [6.9, 7.1, 13.9])
def test_a_call_a_note_and_a_lesson_are_saved_for_two_weeks(at_the_desk: AtTheDesk, act, days: float) -> None:
    before = at_the_desk.sent()
    assert code_of(act, at_the_desk.after(days)) == ""
    assert act is chart or at_the_desk.sent() == before + 1


@pytest.mark.parametrize("act", [visit, letter, reprint, handout])
def test_booking_letters_and_sheets_wait_after_a_week(at_the_desk: AtTheDesk, act) -> None:
    assert code_of(act, at_the_desk.after(6.9)) not in {"lease_notes_only", "lease_locked"}
    sent = at_the_desk.sent()
    assert code_of(act, at_the_desk.after(7.1)) == "lease_notes_only"
    assert at_the_desk.sent() == sent


@pytest.mark.parametrize("act", [call, note, lesson, visit, letter, reprint, handout, chart])
@pytest.mark.parametrize("days", [14.1, 31])
def test_after_two_weeks_nothing_is_read_and_nothing_is_written(at_the_desk: AtTheDesk, act, days: float) -> None:
    assert code_of(act, at_the_desk.after(days)) == "lease_locked"
    assert at_the_desk.sent() == 0


def test_an_entry_is_written_to_a_file_of_her_own_in_the_first_week_only(
    at_the_desk: AtTheDesk, tmp_path: Path
) -> None:
    file = tmp_path / "entry.txt"
    write_out(at_the_desk.after(6.9), file, b"words")
    assert file.read_bytes() == b"words"
    assert code_of(lambda desk: write_out(desk, file, b"more"), at_the_desk.after(7.1)) == "lease_notes_only"
    assert file.read_bytes() == b"words"


def test_what_is_being_typed_is_kept_also_when_the_lease_ends(at_the_desk: AtTheDesk) -> None:
    desk = at_the_desk.after(14.1)
    desk.drafts.keep(MEMBER, "call", {"note": "half a sen"})
    with at_the_desk.sample.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM draft").scalar_one() == 1


def test_a_clock_set_back_after_a_tick_locks_and_the_next_hello_opens(at_the_desk: AtTheDesk) -> None:
    desk = at_the_desk.after(6)
    assert desk.lease.tick().standing is Standing.FULL
    desk = at_the_desk.after(5)
    assert code_of(chart, desk) == "clock_back"
    desk.lease._learn({profile.LEASE: (NOW + 12 * DAY).isoformat(), profile.TIME_SEEN: _micros(at_the_desk.sample.now)})
    assert code_of(chart, desk) == ""


def test_a_clock_years_ahead_is_not_remembered(at_the_desk: AtTheDesk) -> None:
    desk = at_the_desk.after(1100)
    assert desk.lease.tick().cause == "clock_ahead"
    assert code_of(chart, desk) == "clock_ahead"
    assert at_the_desk.after(1).lease.tick().standing is Standing.FULL


def test_the_status_tells_how_it_stands(at_the_desk: AtTheDesk) -> None:
    assert at_the_desk.after(8).status.now().lease.standing is Standing.NOTES
    assert at_the_desk.after(15).status.now().lease.standing is Standing.LOCKED


@pytest.mark.parametrize("act", [call, note, lesson, visit])
def test_with_a_clock_a_day_off_nothing_is_signed_and_the_status_says_by_how_much(at_the_desk: AtTheDesk, act) -> None:
    desk = at_the_desk.after(0)
    desk.lease._learn({profile.SKEW_MS: 25 * 3_600_000})
    assert code_of(act, desk) == "clock_off"
    assert code_of(chart, desk) == "", "reading goes on"
    assert desk.status.now().clock_off == timedelta(hours=25)
    # Set right, and nobody has to wait for the centre to say so.
    desk.lease._moved = lambda: timedelta(hours=25)
    assert code_of(act, desk) in {"", "no_such_slot", "unknown_reason"}
    assert desk.status.now().clock_off == timedelta()


def test_three_minutes_are_said_and_keep_nobody_from_signing(at_the_desk: AtTheDesk) -> None:
    desk = at_the_desk.after(0)
    desk.lease._learn({profile.SKEW_MS: -180_000})
    assert desk.status.now().clock_off == timedelta(minutes=-3)
    assert code_of(call, desk) == ""
