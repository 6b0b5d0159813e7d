"""One person's standing, built from whole reasons and acts: the slow path, for one person at a time."""

from collections.abc import Iterable
from datetime import timedelta

from coordinator_app.domain.activity import Act, Contact, LetterPrinted, MedicineTold, Response, ResponseKind
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.medicine_words import answers_to, words_of
from coordinator_app.domain.outreach.ledger import (
    THEIRS,
    Answer,
    LedgerRow,
    MemberStanding,
    answer,
    ledger_row,
    open_promise,
    standing_acts,
)
from coordinator_app.domain.reasons import Reason, ReasonKind

_REFERRAL_OPEN = timedelta(90)
"""How long a referral without a reply is taken to be open [D]; new evidence within that time suggests nothing again."""


def member_standing(
    member_id: MemberId,
    reasons: Iterable[Reason],
    acts: Iterable[Act],
    now: Moment,
    *,
    is_listed: bool = True,
) -> MemberStanding:
    """Build a person's standing from whole reasons and acts, sent and unsent alike; slow path for one person."""
    every = tuple(reasons)
    rows = tuple(ledger_row(reason) for reason in every)
    stand = standing_acts(acts)
    answers = answers_for(every, rows, stand, now)
    contacts = [act for act in stand if isinstance(act, Contact) and act.party in THEIRS]
    since = min((row.opens_on for row in rows), default=now.today)
    last = contacts[-1] if contacts else None
    promised = open_promise(stand)
    return MemberStanding(
        member_id,
        rows,
        answers,
        now.day_of(last.occurred_at) if last else None,
        last.occurred_at if last else None,
        sum(act.direction == "out" and now.day_of(act.occurred_at) >= since for act in contacts),
        promised.id if promised else None,
        promised.due_at if promised else None,
        is_listed,
    )


def answers_for(
    reasons: Iterable[Reason], rows: Iterable[LedgerRow], acts: Iterable[Act], now: Moment
) -> tuple[Answer, ...]:
    """Return everything that answers a person's rows: what was said to them, referrals on their way, stopped drugs.

    ``acts`` are those that stand; a printed referral answers the suggestion of its program.
    """
    every, stand = tuple(rows), tuple(acts)
    said = [answer(act, now) for act in stand if isinstance(act, Response)]
    referred = [
        _referred(act, row, now) for act in stand if isinstance(act, LetterPrinted) for row in _asked(every, act)
    ]
    is_told = bool(said) or any(isinstance(act, MedicineTold) for act in stand)
    stopped = answers_to(words_of(reasons, stand, now), every, said) if is_told else ()
    return (*said, *referred, *stopped)


def _asked(rows: Iterable[LedgerRow], letter: LetterPrinted) -> Iterable[LedgerRow]:
    return (row for row in rows if row.kind is ReasonKind.PROGRAM and row.tag == letter.program)


def _referred(letter: LetterPrinted, row: LedgerRow, now: Moment) -> Answer:
    """Return the answer a printed referral is: a program is not suggested again while its referral is open."""
    on = now.day_of(letter.occurred_at)
    until = on + _REFERRAL_OPEN
    return Answer(row.id, ResponseKind.ANSWERED, on, letter.occurred_at, until, "referred", until)
