"""The lock of the window: what covers the work, and who may come back to it."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject

from coordinator_app.domain.lease import Held, Standing
from coordinator_app.services.lease import LeaseKeeper, refusal
from coordinator_app.ui.lock import IdleWatch, LockCurtain, LockWords
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.gate import Sign
from coordinator_app.ui.shared.wording import Words


class Locking(QObject):
    """Draws the curtain by key, after quiet minutes and when the lease ends; the passphrase opens it.

    ``unfinished`` tells what goes on beneath: a call with its timer, a note. ``check`` raises Refusal or Trouble.
    """

    def __init__(
        self,
        curtain: LockCurtain,
        idle: IdleWatch,
        *,
        courier: Errands,
        check: Callable[[str], None],
        lease: LeaseKeeper,
        words: Words,
        person: str,
        unfinished: Callable[[], Iterable[str]],
    ) -> None:
        super().__init__(curtain)
        self._curtain, self._idle, self._courier = curtain, idle, courier
        self._passes, self._lease, self._words, self._person = check, lease, words, person
        self._unfinished = unfinished
        idle.idled.connect(self.lock)
        curtain.unlock_wished.connect(self._unlock)
        curtain.help_wished.connect(self._help)

    def lock(self) -> None:
        """Cover the work after quiet minutes."""
        self._close(self._words.say("locked"))

    def lock_now(self) -> None:
        """Cover the work because somebody asked for it."""
        self._close(self._words.say("locked_now"))

    def lock_for_lease(self, found: Held) -> None:
        """Cover the work because the lease ended; the passphrase opens it again once the centre was reached."""
        self._close(self._words.say(f"lease.{found.cause or 'locked'}"))

    def _close(self, title: str) -> None:
        self._idle.stop()
        signs = tuple(Sign("call", words, is_strong=True) for words in self._unfinished() if words)
        self._curtain.close_over(title, self._words.say("locked_sub", name=self._person), signs)

    def _unlock(self, passphrase: str) -> None:
        job = partial(self._check, passphrase)
        self._courier.send(Lane.READ, job, to=self._open, failed=self._refuse, asker=self)

    def _check(self, passphrase: str) -> None:
        self._passes(passphrase)
        found = self._lease.now()
        if found.standing >= Standing.LOCKED:
            raise refusal(found)

    def _open(self, _nothing: object) -> None:
        self._curtain.open()
        self._idle.start()

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        self._curtain.refuse(failure_words(self._words.catalogue, error))

    def _help(self) -> None:
        self._curtain.show_signs((Sign("key", self._words.say("lock_help")),))


def lock_words(window: Words, *, is_demo: bool) -> LockWords:
    """Return what stands on the curtain; ``window`` are the sentences of the frame."""
    say = Words(window.catalogue, "sign_in").say
    return LockWords(
        title=window.say("locked"),
        subtitle="",
        passphrase=say("passphrase"),
        hint=say("hint"),
        unlock=say("unlock"),
        someone_else=say("someone_else"),
        help=say("help"),
        foot=window.say("disclaimer"),
        demo_note=window.say("fictional") if is_demo else "",
        demo=window.say("demo") if is_demo else "",
    )
