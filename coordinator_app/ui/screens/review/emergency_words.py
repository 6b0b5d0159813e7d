"""What a supervisor is told of panels opened in an emergency."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Final

from coordinator_app.domain.calendar import Moment
from coordinator_app.services.emergency_notice import Noticed
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

TOLD_AT_ONCE: Final = 2
# A reason may be 500 characters; the work below needs its room. `coordinator-central emergency list` says all of it.
REASON_SHOWN: Final = 160


def emergency_words(words: Words, people: PatientWords, emergencies: Sequence[Noticed], now: Moment) -> str:
    """Return one line for each of the latest emergencies and how many more there are; empty where there is none."""
    told = [_line(words, people, each, now) for each in emergencies[:TOLD_AT_ONCE]]
    more = len(emergencies) - len(told)
    return "\n".join([*told, *([words.say("emergency.more", n=more)] if more else [])])


def _line(words: Words, people: PatientWords, noticed: Noticed, now: Moment) -> str:
    one = noticed.emergency
    return words.say(
        "emergency.runs" if noticed.is_running else "emergency.over",
        name=one.name,
        panel=one.panel,
        since=people.instant(one.since, now),
        until=people.instant(one.until, now),
        why=shorten(one.why, REASON_SHOWN, placeholder=" …") or words.say("emergency.no_reason"),
    )
