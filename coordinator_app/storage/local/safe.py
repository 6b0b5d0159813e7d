"""A profile's key and its store, opened together."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import profile, recovery_code
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.keys import ONLINE, WITH_CODE, KeySlots, Where
from coordinator_app.storage.local.mending import Integrity
from coordinator_app.storage.local.upgrade import STORE_VERSION, bring_up_to_date


class OpenProfile:
    """An unlocked store, and what it knows of its person and centre."""

    def __init__(self, store: Store, slots: KeySlots, key: bytes) -> None:
        self.store, self._slots, self._key = store, slots, key

    @property
    def key_slot(self) -> str:
        """The kind of the slot that opens the store day by day: A or P."""
        return self._slots.kind

    @property
    def store_version(self) -> str:
        """The revision of the store's form."""
        return STORE_VERSION

    def read(self, key: str) -> Any:
        """Return one fact of the profile, or None."""
        with self.store.reading() as connection:
            return profile.read(connection, key)

    def learn_news(self, facts: Mapping[str, Any]) -> None:
        """Write those facts that are not known as they are already; nothing is written where none is new."""
        with self.store.reading() as connection:
            news = {key: value for key, value in facts.items() if profile.read(connection, key) != value}
        if news:
            self.learn(news)

    def learn(self, facts: Mapping[str, Any]) -> None:
        """Write facts of the profile; they are on the disk when this returns."""
        with self.store.saving() as connection:
            profile.write(connection, facts)
            connection.commit()

    def forget(self, key: str) -> None:
        """Drop a fact of the profile."""
        with self.store.saving() as connection:
            profile.forget(connection, [key])
            connection.commit()

    def refuse_another(self, login: str) -> None:
        """Raise a Refusal unless the store belongs to ``login`` or to nobody yet."""
        with self.store.reading() as connection:
            profile.refuse_another(connection, login)

    def credentials(self) -> tuple[str, str]:
        """Return login and password for the centre, as they are kept in the store."""
        login, password = self.read(profile.LOGIN), self.read(profile.PASSWORD)
        if login is None or password is None:
            raise Trouble("not_enrolled", "This profile is not enrolled: run `coordinator enroll` first.")
        return str(login), str(password)

    def add_code(self, passphrase: str) -> str:
        """Let a recovery code open the store too, and return it as it is written down; it is shown once."""
        code = recovery_code.new_code()
        self.learn({profile.RECOVERY: code.hex()})
        self._slots.add_code(self._key, passphrase, code)
        return recovery_code.written(code)

    def add_online(self, passphrase: str, secret: bytes, server: str, login: str, device: str) -> None:
        """Let the centre's secret open the store too."""
        self.learn({profile.SLOT_SECRET: secret.hex()})
        self._slots.add_online(self._key, passphrase, secret, Where(server, login, device))

    def renew(self, passphrase: str, keyring_secret: bytes) -> None:
        """Give the store a daily slot again after its keyring was lost."""
        self._slots.renew(self._key, passphrase, keyring_secret)

    def change_passphrase(self, passphrase: str, keyring_secret: bytes | None) -> None:
        """Have another passphrase open every slot; what was open stays open. Refusal: ``short_passphrase``."""
        halves: dict[str, bytes | None] = {self.key_slot: keyring_secret}
        for kind, fact in ((WITH_CODE, profile.RECOVERY), (ONLINE, profile.SLOT_SECRET)):
            half = self.read(fact)
            if half is not None:
                halves[kind] = bytes.fromhex(half)
        self._slots.rewrap(self._key, passphrase, halves)

    def close(self) -> None:
        """Close the store; the key goes with it."""
        self.store.close()
        self._key = b""


class Safe:
    """One profile's slot file and store on the disk."""

    def __init__(self, store: Path, slots: KeySlots, migrations: Path) -> None:
        self._store, self._slots, self._migrations = store, slots, migrations

    @property
    def exists(self) -> bool:
        """True where this profile was enrolled, or an enrollment was begun."""
        return self._slots.exists

    @property
    def needs_keyring(self) -> bool:
        """True where the store opens only together with this computer's secret."""
        return self._slots.kind == "A"

    def make(self, passphrase: str, keyring_secret: bytes | None) -> OpenProfile:
        """Make key and store; without a keyring secret the passphrase alone opens them.

        A store that lies there without its key file, as an erasure cut short leaves it, is put aside: nothing opens it.
        """
        for end in ("-wal", "-shm", ""):
            left = self._store.with_name(f"{self._store.name}{end}")
            if left.exists():
                left.replace(self._store.with_name(f"{self._store.name}.without-key{end}"))
        self._store.with_name(f"{self._store.name}.head").unlink(missing_ok=True)
        return self._opened(self._slots.make(passphrase, keyring_secret))

    def unlock(self, passphrase: str, keyring_secret: bytes | None) -> OpenProfile:
        """Open the store, upgrading it first where it is older than this program."""
        return self._found(self._slots.unlock(passphrase, keyring_secret))

    def unlock_with_code(self, passphrase: str, typed: str) -> OpenProfile:
        """Open the store without its keyring, by the recovery code as it was typed. Refusal: ``bad_code``."""
        return self._found(self._slots.unlock_with_code(passphrase, recovery_code.read(typed)))

    def unlock_online(
        self, passphrase: str, fetch: Callable[[Where], bytes], keyring_secret: bytes | None
    ) -> OpenProfile:
        """Open the store by the centre's secret; ``fetch`` asks for it where the slot says."""
        return self._found(self._slots.unlock_online(passphrase, fetch(self._slots.where), keyring_secret))

    def _found(self, key: bytes) -> OpenProfile:
        if not self._store.exists():
            raise Trouble("no_store", "The store of this profile is gone; enroll into a fresh folder.")
        return self._opened(key)

    def _opened(self, key: bytes) -> OpenProfile:
        # Its log and its shared memory take the file's mode.
        self._store.touch(mode=0o600)
        integrity = Integrity(self._store, self._migrations)
        # Asked first: whoever opens and closes it writes the log back.
        was_left_open = integrity.was_left_open
        try:
            if was_left_open and integrity.has_broken_log:
                integrity.mend(key)
            is_new = bring_up_to_date(self._store, key, self._migrations)
            is_sound = integrity.look(key, was_left_open=was_left_open or is_new)
        except (Trouble, DBAPIError, dbapi2.DatabaseError) as fault:
            # The key opened its slot, so it is the key; what cannot be read is damaged.
            if not integrity.confirms(fault, key):
                raise
            is_sound = False
        if is_sound:
            integrity.tidy()
        else:
            integrity.mend(key)
        return OpenProfile(Store(self._store, key), self._slots, key)
