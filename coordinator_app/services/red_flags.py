"""A red flag from the first word to the name of who took it over; each step is on the disk at once (practice 19)."""

from dataclasses import dataclass, field

from coordinator_app.domain.activity import FlagStep, RedFlag
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.red_flag import Flag, flags_of, open_flag
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, OpenBook, OpenShelves
from coordinator_app.services.touched import Touched


@dataclass(frozen=True, slots=True)
class FlagForm:
    """What was said and done; ``advice`` is the id of the text read aloud, ``answer`` what the person told answered."""

    member_id: MemberId
    said: str = field(default="", repr=False)
    whereabouts: str = field(default="", repr=False)
    call_back: str = field(default="", repr=False)
    advice: str = ""
    who: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FlagKept:
    """The step is on the disk; whether anybody else can see it depends on the network alone."""

    step: RedFlag
    touched: Touched = Touched.CALLS | Touched.OUTREACH


class RedFlags:
    """Raises, tells and hands over red flags; nothing else closes one."""

    def __init__(self, open_book: OpenBook, open_shelves: OpenShelves, clock: Clock, me: Me) -> None:
        self._open_book, self._open_shelves, self._clock, self._me = open_book, open_shelves, clock, me

    def of(self, member_id: MemberId) -> Flag | None:
        """Return a person's open red flag, if there is one."""
        with self._open_shelves() as shelves:
            return open_flag(shelves.acts.of(RedFlag, member_id))

    def open_now(self) -> tuple[Flag, ...]:
        """Return every open red flag on this computer, the oldest first."""
        with self._open_shelves() as shelves:
            return tuple(each for each in flags_of(shelves.acts.of_all(RedFlag)) if each.is_open)

    def is_unseen(self, flag: Flag) -> bool:
        """Say whether the centre, and so everybody else, knows nothing of the flag yet."""
        with self._open_shelves() as shelves:
            return flag.raised.id in shelves.acts.waiting([flag.raised.id])

    def raise_one(self, form: FlagForm) -> FlagKept:
        """Open a red flag. Refusal: ``unknown_member``, ``flag_says_nothing``."""
        if not form.said.strip():
            raise Refusal("flag_says_nothing", "A red flag says what was said.")
        return self._keep(form, FlagStep.RAISED, ActivityId(new_id()))

    def place(self, flag_id: ActivityId, form: FlagForm) -> FlagKept:
        """Write down where the patient is now. Refusal: ``where_now``, ``unknown_flag``."""
        if not (form.whereabouts.strip() or form.call_back.strip()):
            raise Refusal("where_now", "Say where the patient is, or a number there.")
        return self._keep(form, FlagStep.PLACED, flag_id)

    def tell(self, flag_id: ActivityId, form: FlagForm) -> FlagKept:
        """Write down who was told and what they answered; the flag stays open.

        Refusal: ``who_was_told``, ``unknown_flag``.
        """
        if not form.who.strip():
            raise Refusal("who_was_told", "Say who was told.")
        return self._keep(form, FlagStep.TOLD, flag_id)

    def accept(self, flag_id: ActivityId, form: FlagForm) -> FlagKept:
        """Close the flag: a clinician or emergency service, by name, has taken it over.

        Refusal: ``who_accepted``, ``unknown_flag``.
        """
        if not form.who.strip():
            raise Refusal("who_accepted", "Only somebody named can take a red flag over.")
        return self._keep(form, FlagStep.ACCEPTED, flag_id)

    def _keep(self, form: FlagForm, step: FlagStep, flag_id: ActivityId) -> FlagKept:
        now = self._clock.instant()
        with self._open_book() as book:
            member = known(book.shelves, form.member_id)
            if step is not FlagStep.RAISED:
                here = {each.id for each in flags_of(book.shelves.acts.of(RedFlag, member.id))}
                if flag_id not in here:
                    raise Refusal("unknown_flag", "There is no such red flag on this computer.")
            kept = RedFlag(
                id=flag_id if step is FlagStep.RAISED else ActivityId(new_id()),
                member_id=member.id,
                author_id=self._me.staff_id,
                occurred_at=now,
                recorded_at=now,
                sensitivity=member.sensitivity,
                flag_id=flag_id,
                step=step,
                said=form.said.strip(),
                whereabouts=form.whereabouts.strip(),
                call_back=form.call_back.strip(),
                advice=form.advice,
                who=form.who.strip(),
                answer=form.answer.strip(),
            )
            book.add(kept)
            book.commit("red_flag", member.id)
        return FlagKept(kept)
