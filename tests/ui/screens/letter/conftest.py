"""A desk that may print drafts, with people whose records speak for programs, and the letter screen on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator_app.bootstrap.page_engine import PageEngine
from coordinator_app.storage.local import profile
from coordinator_app.ui.screens.letter.view import LetterView
from coordinator_app.ui.screens.letter.view_model import LetterViewModel
from coordinator_app.ui.screens.letter.wording import LetterWording
from coordinator_app.ui.screens.letter.work import LetterServices
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words
from tests.ui.screens.sample_people import Person, before, garcia, people
from tests.ui.screens.sample_store import Sample

SAFE_HOME = "PO Box 12\nSpringfield MA 01101"


def diabetic(who: Person) -> Person:
    """Add what speaks for the diabetes program, one confidential diagnosis that does too, and one for the heart."""
    for code, name, days, level in (
        ("E11.9", "Type 2 diabetes", 900, 0),
        ("E11.42", "Type 2 diabetes with polyneuropathy", 300, 1),
        ("I50.9", "Heart failure", 700, 0),
    ):
        who.fact("condition", name, before(days), code=code, system="icd10cm", sensitivity=level)
    who.fact(
        "observation", "Hemoglobin A1c", before(145), code="4548-4", system="loinc", value_number=7.9, value_unit="%",
    )  # fmt: skip
    return who


def maria(*, safe_address: str = SAFE_HOME) -> Person:
    who = diabetic(garcia())
    who.rows["contact_profile"][0]["safe_address"] = safe_address
    return who


class Paper:
    """A press that keeps the pages it is given; it can be out of order."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, int]] = []
        self.is_broken = False

    def names(self) -> tuple[str, ...]:
        return ("Front desk", "Back office")

    def put(self, pages, printer: str) -> None:
        if self.is_broken:
            from coordinator_app.domain.trouble import Trouble

            raise Trouble("not_printed", "The printer did not take the letter.")
        self.printed.append((printer, len(pages)))


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def sample(nobody: Sample, tmp_path: Path) -> Iterator[Sample]:
    sample = nobody.copy_to(tmp_path)
    with sample.store.saving() as connection:
        profile.write(connection, {profile.SERVER: "postgresql+psycopg://localhost:5432/care?keyfile=/demo/local.key"})
        connection.commit()
    rest = [each for each in people() if each.number in {"204 231", "204 502", "204 601", "204 602"}]
    sample.fill(sample.desk(), [maria(), *rest])
    yield sample
    sample.close()


@pytest.fixture
def model(sample, desk, courier, noticeboard, paper) -> LetterViewModel:
    words = Words(desk.catalogue, "letter")
    services = LetterServices(
        desk.letters, desk.chart, desk.clock, PageEngine(), paper, desk.drafts, lambda: sample.folder
    )
    wording = LetterWording(words, PatientWords(Words(desk.catalogue, "patient")))
    return LetterViewModel(services, courier, noticeboard, words, wording)


@pytest.fixture
def view(qtbot, theme, catalogue, model) -> LetterView:
    view = LetterView(theme, Words(catalogue, "letter"), model)
    qtbot.addWidget(view)
    view.resize(1188, 766)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view
