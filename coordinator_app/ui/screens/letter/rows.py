"""What the letter screen shows, in words ready to be painted."""

from dataclasses import dataclass

from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.pair_row import PairRow


@dataclass(frozen=True, slots=True)
class TickLine:
    """One box of a group: a fact, a medicine, a copy. ``is_closed`` is a confidential item that says no more."""

    key: str
    words: str
    detail: str = ""
    is_on: bool = False
    is_enabled: bool = True
    is_closed: bool = False
    warns: bool = False


@dataclass(frozen=True, slots=True)
class TickGroup:
    """Boxes under a heading that counts them."""

    title: str
    lines: tuple[TickLine, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of a field and which is chosen."""

    options: tuple[Option, ...]
    value: object


@dataclass(frozen=True, slots=True)
class LetterState:
    """The options beside the desk. While ``picks`` a program is still to be chosen and the rest waits."""

    who: Identity | None
    picks: bool = True
    programs: tuple[PairRow, ...] = ()
    kind: Choice = Choice((), None)
    to: Choice = Choice((), None)
    language: Choice = Choice((), None)
    delivery: Choice = Choice((), None)
    copy_delivery: Choice | None = None
    notice: str = ""
    note: str = ""
    agreement: object = None
    agreed_words: str = ""
    facts: TickGroup = TickGroup("")
    medicines: TickGroup = TickGroup("")
    copies: TickGroup = TickGroup("")
    question_hint: str = ""
    may_leave: bool = False


@dataclass(frozen=True, slots=True)
class DeskState:
    """The pages on the desk with the line under each, or the words of an empty desk; ``first`` is shown first."""

    pages: tuple[object, ...] = ()
    feet: tuple[str, ...] = ()
    text: str = ""
    waiting: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class LeavingState:
    """The last question before a letter leaves: which sheets, on which printer or into which file."""

    is_print: bool
    title: str
    lines: tuple[str, ...]
    printers: tuple[Option, ...] = ()
    path: str = ""
    warning: str = ""
    error: str = ""
    is_busy: bool = False
