"""What to mind before calling, and what a nurse said of a row's rank, as chips that hide nothing (practice 7)."""

from collections.abc import Iterator

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.protocol import Caution, cautions
from coordinator_app.domain.outreach.terms import ProtocolTerms
from coordinator_app.domain.ranked import Shown
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words


def caution_chips(
    shown: Shown, now: Moment, protocol: ProtocolTerms | None, words: Words, people: PatientWords
) -> Iterator[Chip]:
    """Yield chips for a nurse's word on the rank, a quiet period, calling hours and best hours."""
    if shown.moved and shown.moved_until is not None:
        until, tier = people.short_day(shown.moved_until, now.today), people.tier(shown.ruled_tier)
        yield Chip(words.say(f"chip.{shown.moved}", day=until, tier=tier), ChipKind.QUIET)
    if protocol is None:
        return
    for each in cautions(now, shown.zone, shown.best_hours, shown.quiet_until, protocol):
        if each is Caution.QUIET and shown.quiet_until is not None:
            yield Chip(words.say("chip.quiet", day=people.short_day(shown.quiet_until, now.today)), ChipKind.QUIET)
        else:
            yield Chip(words.say(f"chip.{each}", hours=shown.best_hours), ChipKind.QUIET)
