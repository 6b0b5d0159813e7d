"""Before the work: a real key file and store; what is wrong is said in words, and nothing typed is kept."""

import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local.keys import Cost, KeySlots
from coordinator_app.storage.local.safe import Safe
from coordinator_app.ui.screens.sign_in.gates import Foot
from coordinator_app.ui.screens.sign_in.view import SignInView
from coordinator_app.ui.screens.sign_in.view_model import Joining, SignInViewModel
from coordinator_app.ui.shared.courier import Courier
from coordinator_app.ui.shared.wording import Words
from tests.ui.screens.sample_store import ROOT

PASSPHRASE = "eleven green lamps"
QUICK = Cost(memory_kib=64, passes=1, lanes=1)
Key = Qt.Key


class RealDoors:
    """Panels whose key files and stores are real; nothing is fetched from anywhere."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.joined: list[Joining] = []
        self.trouble: Exception | None = None
        self.keyring = False

    def safe(self, profile: str) -> Safe:
        folder = self.root / profile
        folder.mkdir(exist_ok=True)
        slots = KeySlots(folder / "slots.json", time.time, QUICK)
        return Safe(folder / "store.db", slots, ROOT / "migrations" / "local")

    def profiles(self):
        return sorted(folder.name for folder in self.root.iterdir() if (folder / "slots.json").exists())

    def has_keyring(self):
        return self.keyring

    def unlock(self, profile, passphrase):
        return self.safe(profile).unlock(passphrase, None)

    def join(self, joining):
        self.joined.append(joining)
        if self.trouble is not None:
            raise self.trouble
        return self.safe(joining.login).make(joining.passphrase, None)

    def recover(self, profile, means):
        return self.safe(profile).unlock_with_code(means.passphrase, means.code)

    def sample(self):
        return self.safe("sample").make(PASSPHRASE, None)


@pytest.fixture
def doors(tmp_path):
    return RealDoors(tmp_path)


@pytest.fixture
def enrolled(doors):
    doors.safe("ana").make(PASSPHRASE, None).close()
    return doors


@pytest.fixture
def opened():
    panels = []
    yield panels
    for panel in panels:
        panel.close()


@pytest.fixture
def sign_in(theme, catalogue, courier, qtbot, opened):
    def build(doors, lanes=courier):
        words = Words(catalogue, "sign_in")
        model = SignInViewModel(doors, lanes, words)
        model.opened.connect(opened.append)
        view = SignInView(theme, words, model, Foot("Not an alarm system."))
        model.setParent(view)
        qtbot.addWidget(view)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.begin()
        return view

    return build


def type_and_enter(words):
    QTest.keyClicks(QApplication.focusWidget(), words)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)


def fill(page, **typed):
    for name, words in typed.items():
        page.fields[name].set_words(words)


GOOD = {
    "server": "postgresql+psycopg://centre.example:5432/care",
    "login": "ana",
    "password": "given once",
    "passphrase": PASSPHRASE,
    "again": PASSPHRASE,
}


def test_the_passphrase_is_typed_and_opens_the_panel(enrolled, sign_in, opened):
    view = sign_in(enrolled)
    assert view.currentWidget() is view.passphrase
    type_and_enter(PASSPHRASE)
    assert len(opened) == 1
    assert view.passphrase.field.words() == ""


def test_a_wrong_passphrase_is_said_and_nothing_typed_stays(enrolled, sign_in, opened):
    view = sign_in(enrolled)
    type_and_enter("eleven grey lamps")
    assert opened == []
    assert view.passphrase.said.text() == "The passphrase is wrong. What you saved is safe."
    assert view.passphrase.field.words() == ""
    assert view.passphrase.field.field.hasFocus()
    type_and_enter(PASSPHRASE)
    assert len(opened) == 1


def test_after_five_wrong_ones_even_the_right_one_waits(enrolled, sign_in, opened):
    view = sign_in(enrolled)
    for _ in range(5):
        type_and_enter("eleven grey lamps")
    type_and_enter(PASSPHRASE)
    assert opened == []
    said = view.passphrase.said.text()
    assert said.startswith("Too many wrong passphrases. Try again in ")
    assert 0 < int(said.split()[-2]) <= 30


def test_an_empty_passphrase_is_no_try(enrolled, sign_in, opened):
    view = sign_in(enrolled)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert opened == []
    assert view.passphrase.said.text() == "The key is held on this computer; no network is needed."


def test_the_first_start_says_that_no_panel_is_here_and_offers_two_ways(doors, sign_in, opened):
    view = sign_in(doors)
    assert view.currentWidget() is view.nothing
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.currentWidget() is view.connect_page
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert view.currentWidget() is view.nothing
    view.nothing.sample_wished.emit()
    assert len(opened) == 1


def test_two_people_of_one_computer_are_asked_who_it_is_and_nobody_is_chosen(enrolled, sign_in, opened):
    enrolled.safe("joan").make(PASSPHRASE, None).close()
    view = sign_in(enrolled)
    assert view.passphrase.who.value() is None
    view.passphrase.field.set_words(PASSPHRASE)
    view.passphrase.field.field.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert opened == []
    view.passphrase.who.set_value("joan")
    view.passphrase.field.field.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert len(opened) == 1


def test_a_panel_is_fetched_with_what_was_typed_and_the_secrets_are_forgotten(doors, sign_in, opened):
    doors.keyring = True
    view = sign_in(doors)
    view.nothing.connect_wished.emit()
    page = view.connect_page
    fill(page, **GOOD)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [joining] = doors.joined
    assert (joining.server, joining.login, joining.new_password) == (GOOD["server"], "ana", "")
    assert len(opened) == 1
    assert {page.fields[name].words() for name in ("password", "new", "passphrase", "again")} == {""}
    assert PASSPHRASE not in repr(joining)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"server": " "}, "server", "Type the server's address"),
        ({"login": ""}, "login", "Type the login"),
        ({"password": ""}, "password", "Type the password"),
        ({"passphrase": "short", "again": "short"}, "passphrase", "12 characters or more"),
        ({"again": "eleven green lamp"}, "passphrase", "The two are not the same"),
        ({"new": "too short"}, "new", "12 characters or more"),
    ],
)
def test_what_is_missing_is_said_under_its_field_and_nothing_is_sent(doors, sign_in, wrong, field, sentence):
    doors.keyring = True
    view = sign_in(doors)
    view.nothing.connect_wished.emit()
    fill(view.connect_page, **{**GOOD, **wrong})
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert doors.joined == []
    assert view.connect_page.fields[field].error == sentence


def test_without_a_keyring_the_weaker_key_is_taken_only_on_the_persons_word(doors, sign_in, opened):
    view = sign_in(doors)
    view.nothing.connect_wished.emit()
    page = view.connect_page
    assert page.weaker.isVisible()
    assert not page.weaker.isChecked()
    fill(page, **GOOD)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert doors.joined == []
    page.weaker.setChecked(True)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (Refusal("login_refused", "no"), "The center does not accept this login and password."),
        (Trouble("not_trusted", "no"), "The server could not prove that it is the one expected; nothing was sent."),
        (Trouble("odd", "An odd thing happened."), "An odd thing happened."),
    ],
)
def test_a_server_that_says_no_is_quoted_in_our_words_and_the_form_stays(doors, sign_in, trouble, sentence):
    doors.keyring, doors.trouble = True, trouble
    view = sign_in(doors)
    view.nothing.connect_wished.emit()
    fill(view.connect_page, **GOOD)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.connect_page.said.text() == sentence
    assert view.connect_page.fields["server"].words() == GOOD["server"]
    assert view.connect_page.isEnabled()


def test_opening_takes_no_time_of_the_windows_thread(enrolled, sign_in, opened, qtbot):
    faults = []
    lanes = Courier(faults.append)
    view = sign_in(enrolled, lanes)
    type_and_enter(PASSPHRASE)
    assert not view.passphrase.isEnabled()
    assert view.passphrase.said.text() == "Opening your panel"
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert view.passphrase.isEnabled()
    lanes.close()
    assert faults == []


def test_every_part_has_a_name_for_a_screen_reader(doors, sign_in):
    view = sign_in(doors)
    for page in (view.passphrase, view.nothing, view.connect_page):
        parts = [part for part in page.findChildren(QWidget) if part.isVisibleTo(page)]
        reachable = [part for part in parts if part.focusPolicy() != Qt.FocusPolicy.NoFocus]
        assert reachable
        assert [part for part in reachable if not (part.accessibleName() or getattr(part, "text", str)())] == []


def test_f1_shows_the_keys_and_esc_leads_back(enrolled, sign_in):
    view = sign_in(enrolled)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_F1)
    assert view.currentWidget() is view.help
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert view.currentWidget() is view.passphrase
    assert view.passphrase.field.field.hasFocus()


@pytest.fixture
def without_keyring(doors):
    """A panel whose other half this computer has lost; the code is on paper."""
    with closing(doors.safe("ana").make(PASSPHRASE, b"k" * 32)) as panel:
        doors.code = panel.add_code(PASSPHRASE)
    return doors


def test_a_lost_keyring_asks_for_the_code_on_paper_and_opens(without_keyring, sign_in, opened):
    view = sign_in(without_keyring)
    type_and_enter(PASSPHRASE)
    assert view.currentWidget() is view.recover
    assert "keyring" in view.recover.said.text()
    assert opened == []
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    type_and_enter(without_keyring.code.lower())
    assert len(opened) == 1
    assert view.recover.passphrase.words() == view.recover.code.words() == ""


def test_a_slip_in_the_code_is_told_and_what_was_typed_stays(without_keyring, sign_in, opened):
    view = sign_in(without_keyring)
    type_and_enter(PASSPHRASE)
    view.recover.passphrase.set_words(PASSPHRASE)
    view.recover.code.set_words("ABC")
    view.recover._ask()
    assert view.recover.said.text() == "This is not a recovery code as it was shown. Look for a slip."
    assert view.recover.code.words() == "ABC"
    view.recover.code.set_words("")
    view.recover._ask()
    assert view.recover.said.text() == "Type the recovery code, or your password at the center."
    assert opened == []


class Fresh:
    """A panel just brought here."""

    recovery_code = "ABCDE-FGHJK"

    def __init__(self):
        self.is_closed = False

    def close(self):
        self.is_closed = True


def test_the_recovery_code_is_shown_before_the_work_and_forgotten_after(doors, sign_in, opened):
    view = sign_in(doors)
    doors.join = lambda _joining: Fresh()
    view._go(view.connect_page)
    fill(view.connect_page, **GOOD)
    view.connect_page.weaker.setChecked(True)
    view.connect_page._ask()
    assert view.currentWidget() is view.code
    assert view.code.code.text() == "ABCDE  FGHJK"
    assert opened == []
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(opened) == 1
    assert view.code.code.text() == ""


def test_closing_the_window_at_the_code_closes_the_panel(doors, sign_in):
    view = sign_in(doors)
    panel = Fresh()
    doors.join = lambda _joining: panel
    view._go(view.connect_page)
    fill(view.connect_page, **GOOD)
    view.connect_page.weaker.setChecked(True)
    view.connect_page._ask()
    view.close()
    assert panel.is_closed


@pytest.mark.parametrize("page", ["recover", "code"])
@pytest.mark.parametrize("size", [(1360, 850), (960, 540)])
def test_the_pages_of_recovery_stand_whole_in_every_window(doors, sign_in, page, size):
    view = sign_in(doors)
    view.resize(*size)
    view.code.show_code("01234-56789-ABCDE-FGHJK-MNPQR-ST")
    shown = getattr(view, page)
    view._go(shown)
    QApplication.processEvents()
    for part in shown.findChildren(QWidget):
        if part.isVisible():
            assert shown.rect().contains(part.mapTo(shown, part.rect().bottomRight())), part.accessibleName()
