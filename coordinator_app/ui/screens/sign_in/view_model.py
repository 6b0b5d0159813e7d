"""Opens a panel off the window's thread, or brings one to this computer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.recovering import Means
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.wording import Words

SHORTEST = 12
_NEED_RECOVERY = frozenset({"no_keyring", "online_only"})


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody types to bring a panel here; ``new_password`` may be empty for a random one."""

    server: str
    login: str
    password: str = field(repr=False)
    new_password: str = field(repr=False)
    passphrase: str = field(repr=False)
    again: str = field(repr=False)
    accepts_weaker: bool = False


class Doors(Protocol):
    """What can be opened on this computer. Each takes seconds and raises a Refusal or a Trouble."""

    def profiles(self) -> Sequence[str]:
        """Return the panels on this computer, by the logins they belong to."""
        ...

    def has_keyring(self) -> bool:
        """Say whether this computer can keep half of a key to itself."""
        ...

    def unlock(self, profile: str, passphrase: str) -> Any:
        """Open a panel and return it."""
        ...

    def join(self, joining: Joining) -> Any:
        """Bring a panel here and return it open; its ``recovery_code``, if it has one, is shown first."""
        ...

    def recover(self, profile: str, means: Means) -> Any:
        """Open a panel without this computer's half of its key, and return it."""
        ...

    def sample(self) -> Any:
        """Make invented people on a server of their own and return their nurse's panel open."""
        ...


class SignInViewModel(QObject):
    """One try at a time.

    Signals:
        opened(object): the panel that was opened.
        refused(str): the sentence of why nothing was opened.
        wrong(str, str): a field by its name, and what is wrong with it.
        under_way(str): what goes on, empty when nothing does.
        recovery_wanted(str): the passphrase alone opens nothing here now, and why.
        code_made(str): a code to write down; then ``go_on``.
    """

    opened = Signal(object)
    refused = Signal(str)
    wrong = Signal(str, str)
    under_way = Signal(str)
    recovery_wanted = Signal(str)
    code_made = Signal(str)

    def __init__(self, doors: Doors, courier: Errands, words: Words) -> None:
        super().__init__()
        self._doors, self._courier, self._words = doors, courier, words
        self._is_busy = False
        self._asked_for = ""
        self._held: Any = None

    @property
    def profiles(self) -> Sequence[str]:
        """The panels on this computer."""
        return self._doors.profiles()

    @property
    def has_keyring(self) -> bool:
        """Whether this computer can keep half of a key to itself."""
        return self._doors.has_keyring()

    def unlock(self, profile: str, passphrase: str) -> None:
        """Try to open a panel."""
        if passphrase:
            self._asked_for = profile
            self._try(partial(self._doors.unlock, profile, passphrase), "opening")

    def recover(self, passphrase: str, code: str, password: str) -> None:
        """Try to open the panel that was asked for last, by the printed code or the password at the centre."""
        if passphrase and (code or password):
            means = Means(passphrase, code=code, password=password)
            self._try(partial(self._doors.recover, self._asked_for, means), "opening")
        else:
            self.refused.emit(self._words.say("/failures.no_means"))

    def go_on(self) -> None:
        """Begin the work, once the code was written down."""
        held, self._held = self._held, None
        if held is not None:
            self.opened.emit(held)

    def abandon(self) -> None:
        """Close a panel whose work never began."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def join(self, joining: Joining) -> None:
        """Check what was typed, then try to bring the panel here."""
        lacks = self._lacks(joining)
        for name, sentence in lacks:
            self.wrong.emit(name, sentence)
        if not lacks:
            self._try(partial(self._doors.join, joining), "connect.under_way")

    def sample(self) -> None:
        """Try with invented people."""
        self._try(self._doors.sample, "sample.under_way")

    def _lacks(self, joining: Joining) -> list[tuple[str, str]]:
        say, found = self._words.say, []
        found += [(n, say(f"needs.{n}")) for n in ("server", "login", "password") if not getattr(joining, n).strip()]
        if joining.new_password and len(joining.new_password) < SHORTEST:
            found.append(("new", say("needs.new")))
        if len(joining.passphrase) < SHORTEST:
            found.append(("passphrase", say("needs.passphrase")))
        elif joining.passphrase != joining.again:
            found.append(("passphrase", say("needs.same")))
        if not self.has_keyring and not joining.accepts_weaker:
            found.append(("weaker", say("/failures.must_accept_weaker")))
        return found

    def _try(self, job: Callable[[], Any], words: str) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self.under_way.emit(self._words.say(words))
        # The network lane: opening and joining take seconds and nothing else is under way yet.
        self._courier.send(Lane.NETWORK, job, to=self._take, failed=self._fail, asker=self)

    def _take(self, opened: object) -> None:
        self._is_busy = False
        self.under_way.emit("")
        code = getattr(opened, "recovery_code", "")
        if code:
            self._held = opened
            self.code_made.emit(code)
        else:
            self.opened.emit(opened)

    def _fail(self, error: BaseException) -> None:
        self._is_busy = False
        self.under_way.emit("")
        if not isinstance(error, KNOWN):
            raise error
        said = self.recovery_wanted if error.code in _NEED_RECOVERY else self.refused
        said.emit(self._sentence(error))

    def _sentence(self, failure: Refusal | Trouble) -> str:
        return failure_words(self._words.catalogue, failure)
