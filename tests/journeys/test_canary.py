"""Unmistakable words in the centre and under a nurse's fingers, and a search for them wherever they must not be."""

import base64
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import DatabaseForTests
from tests.journeys.at_work import BIN, PASSPHRASE, QUIET, Window, Workstation, run
from tests.journeys.tcp_proxy import Cable

pytestmark = [pytest.mark.journey, pytest.mark.server]

TODAY = date(2026, 11, 24)
NOTE, DRAFT, DEFECT = "plaidwombat confession", "velvetgecko unsent", "crimsonotter defect"
WRONG = "this is mauvelemur and not the passphrase"
PLANTED = ("Zyxquill", "Quorvane", "Nebulonia", "Canarytosis", "CANARYPLACE")
CANARIES = (*PLANTED, *NOTE.split()[:1], *DRAFT.split()[:1], *DEFECT.split()[:1], "mauvelemur", PASSPHRASE)

PLANT = """
UPDATE care.member SET family = 'Zyxquill', given = 'Quorvane', preferred = 'Quorvane', address = '9 Nebulonia Row';
UPDATE care.fact SET display = 'Canarytosis of ' || display,
                     place = CASE WHEN place = '' THEN '' ELSE 'CANARYPLACE' END;
"""


def spellings(word: str) -> Iterator[bytes]:
    """Give a word as files may hold it: plain, as wide characters, quoted as base64, in any case."""
    yield word.lower().encode()
    yield word.lower().encode("utf-16-le")
    for shift in range(3):
        # Without the ends, which depend on the neighbors.
        yield base64.b64encode(b"x" * shift + word.encode())[4:-4].lower()


def found_in(content: bytes) -> list[str]:
    """Return the canaries in some bytes."""
    lowered = content.lower()
    return [word for word in CANARIES if any(each in lowered for each in spellings(word))]


def found_under(folder: Path) -> dict[str, list[str]]:
    """Return each file of a folder with the canaries in its name and its bytes."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    told = {str(each): found_in(str(each.relative_to(folder)).encode() + each.read_bytes()) for each in files}
    return {name: words for name, words in told.items() if words}


@dataclass
class Aviary:
    """A nurse's computer with folders of its own for everything a program may write to."""

    database: DatabaseForTests
    cable: Cable
    home: Path
    temporary: Path
    ana: Workstation
    titles: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def type_in(self, *words: str, code: int = 0, **secrets: str) -> str:
        """Run a command of the profile; what it prints on standard error must be clean."""
        place = ("--profile", str(self.ana.folder))
        env = {**os.environ, **QUIET, "COORDINATOR_PASSPHRASE": PASSPHRASE, **secrets}
        first, *rest = words
        done = subprocess.run(
            [BIN / "coordinator", first, *place, *rest], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        self.said.append(done.stderr)
        return done.stdout

    def look(self, window: Window) -> None:
        self.titles.append(window.seen["title"])

    def server_log(self) -> bytes:
        folder = self.database.server.folder
        files = [each for place in (folder.log, folder.run) for each in place.rglob("*") if each.is_file()]
        return b"".join(each.read_bytes() for each in files)


@pytest.fixture
def aviary(
    fresh_database: Callable[..., DatabaseForTests], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Aviary]:
    database = fresh_database()
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    for folder in (home, temporary):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / f".{name.lower()}"))
    place = ("--url", database.url)
    run("coordinator-central", "migrate", *place)
    run("coordinator-central", "populate", *place, "--people", "40", "--seed", "5", "--as-of", TODAY.isoformat())
    database.sql(PLANT)
    run("coordinator-central", "evaluate", *place, "--as-of", TODAY.isoformat(), "--all")
    panel = database.sql(
        "SELECT p.name FROM org.panel AS p JOIN care.member AS m ON m.panel_id = p.id"
        " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    made = run(
        "coordinator-central", "staff", *place, "add", "ana", "--name", "Ana Ruiz, RN", "--role", "coordinator",
        "--panel", panel,
    )  # fmt: skip
    with Cable(database.server.port) as cable:
        server = database.enroll_url.replace(f":{database.server.port}/", f":{cable.port}/")
        ana = Workstation.enrolled(tmp_path / "ana", "ana", str(made["one_time_password"]), server)
        try:
            yield Aviary(database, cable, home, temporary, ana)
        finally:
            for window in ana.windows:
                window.abandon()


def a_morning_in_the_window(aviary: Aviary) -> None:
    """Sync, call, note, letter, an hour offline, a defect; then close, with a draft open."""
    window = aviary.ana.window()
    window.sync()
    aviary.look(window)
    held = json.dumps(window.seen)
    assert "ZYXQUILL" in held.upper(), "nothing of the canaries came to this computer, so nothing is proved"

    assert window.press("C", "1", "D", "Z", "Ctrl+N")["screen"] == "call"
    window.type(NOTE)
    aviary.look(window)
    window.press("Ctrl+Return", "Ctrl+1")
    assert window.press("R")["screen"] == "letter"
    aviary.look(window)
    window.press("Return", "A", "Ctrl+S", "Return", "Ctrl+1")
    aviary.cable.pull()
    window.sync()
    aviary.look(window)
    window.press("Down", "C", "3", "Return")
    aviary.cable.plug()
    window.sync()
    window.wish(defect=DEFECT)
    aviary.look(window)
    window.press("C", "Ctrl+N")
    window.type(DRAFT)
    aviary.look(window)
    process = Path("/proc") / str(window.process_id)
    assert found_in((process / "cmdline").read_bytes()) == []
    began_with = (process / "environ").read_bytes().split(b"\0")
    assert found_in(b"\0".join(each for each in began_with if not each.startswith(b"COORDINATOR_PASSPHRASE="))) == []
    window.close()


def test_no_word_of_a_patient_is_anywhere_but_in_the_store_and_the_letter(aviary: Aviary) -> None:
    assert "ZYXQUILL" in aviary.type_in("sync", "--json") + aviary.type_in("queue").upper()
    a_morning_in_the_window(aviary)
    assert "plaidwombat" in aviary.database.sql("SELECT string_agg(note, ' ') FROM activity.contact")
    aviary.type_in("status", code=3, COORDINATOR_PASSPHRASE=WRONG)
    aviary.type_in("patient", "00000000-0000-7000-8000-000000000000", code=3)
    aviary.type_in("activity")

    assert found_in("\n".join(aviary.said).encode()) == []
    assert found_in("\n".join(aviary.titles).encode()) == []
    assert found_under(aviary.ana.folder) == {}
    assert {each.name for each in aviary.ana.folder.iterdir()} >= {"store.db", "coordinator.log", "incidents.log"}
    assert found_under(aviary.temporary) == {}
    assert found_in(aviary.server_log()) == []
    complaints = aviary.ana.folder.parent / "ana-window.err"
    assert found_in(complaints.read_bytes()) == []

    letters = list((aviary.home / "Documents").glob("*.pdf"))
    told = {name: words for name, words in found_under(aviary.home).items() if Path(name) not in letters}
    assert told == {}
    assert letters
    assert found_in(" ".join(each.name for each in letters).encode()) == []
    for letter in letters:
        pdf = pypdfium2.PdfDocument(letter)
        assert "ZYXQUILL" in "".join(page.get_textpage().get_text_range() for page in pdf).upper()
        assert found_in(json.dumps(pdf.get_metadata_dict()).encode()) == []
        pdf.close()
        assert letter.stat().st_mode & 0o077 == 0


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    words = f"before {NOTE} after".encode()
    assert found_in(words) == ["plaidwombat"]
    assert found_in(NOTE.encode("utf-16-le")) == ["plaidwombat"]
    assert found_in(base64.b64encode(words)) == ["plaidwombat"]
    (tmp_path / "ZYXQUILL.txt").write_text("nothing", encoding="utf-8")
    assert list(found_under(tmp_path).values()) == [["Zyxquill"]]
