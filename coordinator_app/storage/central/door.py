"""The first words with the centre: who somebody is there, and a password of their own."""

from coordinator_app.domain.travel import AboutMe, Hello
from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.address import Address, address_of
from coordinator_app.storage.central.conversation import SILENT_SECONDS, connected, patience, prove
from coordinator_app.storage.central.custody import CentralCustody
from coordinator_app.storage.central.hub import CentralSession


class CentralDoor:
    """Where a person comes in for the first time; each call is a connection of its own."""

    def __init__(self, url: str, *, app: str, schema_rev: str) -> None:
        self._address: Address = address_of(url)
        self._app, self._schema_rev = app, schema_rev

    def about_me(self, login: str, password: str) -> AboutMe:
        """Return who this login is; asked only after the server proved itself."""
        with connected(self._address, login, password) as driver:
            prove(driver, self._address)
            with patience(driver, SILENT_SECONDS):
                row = driver.execute("SELECT staff_id::text, name, role, must_change FROM sec.about_me()").fetchone()
        if row is None:
            raise Refusal("login_refused", "The center does not accept this login and password.")
        return AboutMe(*row)

    def change_password(self, login: str, password: str, fresh: str) -> None:
        """Have the centre know the person by another password; its words never travel."""
        with connected(self._address, login, password) as driver:
            prove(driver, self._address)
            role = self._address.roles.login(login)
            verifier = driver.pgconn.encrypt_password(fresh.encode(), role.encode(), b"scram-sha-256").decode()
            with patience(driver, SILENT_SECONDS):
                driver.execute("SELECT sec.change_password(%s)", (verifier,))

    def slot_secret(self, login: str, password: str, device_id: str) -> bytes:
        """Return the centre's half of slot C. Refusal: ``no_slot_secret`` for a workstation that was revoked."""
        return CentralCustody(self._address, device_id).slot_secret(login, password)

    def hello(self, login: str, password: str, device_id: str) -> Hello:
        """Say hello as a workstation."""
        with connected(self._address, login, password) as driver:
            return CentralSession(driver, self._address, self._app, self._schema_rev).hello(device_id)
