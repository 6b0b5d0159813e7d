"""The letter screen: four keys, what is stored, what may not leave, and that nothing is decided for the nurse."""

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from coordinator_app.domain.letter import Agreement, CopyFor, Delivery
from coordinator_app.letters.preview import extract_text, page_count
from coordinator_app.storage.tables import activity
from coordinator_app.ui.shared.courier import Lane
from coordinator_app.ui.shared.layout import Breadth
from coordinator_app.ui.shared.printing import paint_pages
from tests.ui.screens.sample_people import made

MARIA, MOORE, RIVERA, LUZ, MINH = (
    made("member", each) for each in ("204 118", "204 601", "204 602", "204 502", "204 231")
)
CTRL = Qt.KeyboardModifier.ControlModifier


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is, as a person does."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def stored(sample, table=activity.letter):
    with sample.store.reading() as connection:
        return connection.execute(select(table).order_by(table.c.id)).all()


def shown(model):
    """Return the last state the screen was given."""
    states = []
    model.changed.connect(states.append)
    model._tell()
    return states[-1]


def test_a_letter_in_the_patients_language_takes_four_keys_with_the_one_that_opens_it(view, model, sample, paper):
    model.open_for(MARIA)  # R, pressed on another screen
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    letters = stored(sample)
    assert [(row.program, row.copy_for, row.language, row.how) for row in letters] == [
        ("diabetes", "program", "en", "printed"),
        ("diabetes", "patient", "es", "printed"),
        ("diabetes", "pcp", "en", "printed"),
    ]
    assert {row.agreement for row in letters} == {"not_asked"}
    assert paper.printed == [("Front desk", page_count(file.content)) for file in files_of(sample)]


def files_of(sample):
    by_letter = {row.letter_id: row for row in stored(sample, activity.letter_file)}
    return [by_letter[row.id] for row in stored(sample)]


def test_the_very_bytes_that_were_printed_are_kept_with_their_hash_and_facts(view, model, sample):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    for letter, file in zip(stored(sample), files_of(sample), strict=True):
        pdf = file.content
        assert letter.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
        assert letter.facts["member"]["name"] == "María José García López"
        assert letter.pages == page_count(pdf)


def test_nothing_is_chosen_beforehand_but_the_first_program_is_the_one_most_facts_speak_for(view, model):
    model.open_for(MARIA)
    rows = view.picker.rows.rows.rows
    assert (rows[0].title, rows[1].title) == ("Diabetes program", "Heart program")
    assert model._chosen.program == ""
    press(Qt.Key.Key_Return)
    assert view.form.agreement.on() == ()
    assert model._chosen.agreement is None


def test_the_likeliest_letter_is_made_ready_and_nothing_of_it_shows_before_it_is_chosen(view, model):
    model.open_for(MARIA)
    assert model._ready.chosen.program == "diabetes"
    assert view.desk._pages == ()
    assert view.desk.accessibleDescription() == ""
    view.picker.rows.step(1)
    press(Qt.Key.Key_Return)
    assert "help with heart disease" in view.desk.accessibleDescription()


def test_a_confidential_diagnosis_suggests_no_program(view, model):
    model.open_for(MARIA)
    for row in view.picker.rows.rows.rows:
        assert "polyneuropathy" not in row.sentence


def test_ctrl_p_does_nothing_before_a_program_is_chosen(view, model, sample, paper):
    model.open_for(MARIA)
    press(Qt.Key.Key_P, CTRL)
    assert not view.leaving.isVisible()
    assert stored(sample) == []


def test_what_the_patient_said_is_pressed_and_dated_and_printed(view, model, sample):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Y)
    assert model._chosen.agreement is Agreement.YES
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    assert {row.agreement for row in stored(sample)} == {"yes"}
    [text, *_] = (" ".join(extract_text(file.content)) for file in files_of(sample))
    assert "agreed to this" in " ".join(text.split())


def test_a_fact_goes_out_by_space_and_out_of_the_printed_page(view, model, sample):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    box = next(each for each in view.form.facts.boxes() if each.text().startswith("A1c"))
    box.setFocus()
    press(Qt.Key.Key_Space)
    assert not box.isChecked()
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    for file in files_of(sample):
        assert "A1c 7.9" not in " ".join(extract_text(file.content))


def test_a_confidential_item_is_closed_until_a_key_opens_it_and_goes_in_only_by_another(view, model, sample):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    closed = next(each for each in view.form.facts.boxes() if "onfidential" in each.text())
    assert "neuropathy" not in closed.text()
    closed.setFocus()
    press(Qt.Key.Key_Space)
    assert "polyneuropathy" in closed.text()
    assert not closed.isChecked()
    assert "polyneuropathy" not in view.desk.accessibleDescription()
    press(Qt.Key.Key_Space)
    assert "polyneuropathy" in view.desk.accessibleDescription()
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    texts = [" ".join(extract_text(file.content)) for file in files_of(sample)]
    assert ["polyneuropathy" in " ".join(text.split()) for text in texts] == [True, False, False]


def test_v_opens_confidential_items_but_types_in_the_question(view, model):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    view.form.question.line.setFocus()
    press(Qt.Key.Key_V)
    assert not any("polyneuropathy" in box.text() for box in view.form.facts.boxes())
    view.form.agreement.setFocus()
    press(Qt.Key.Key_V)
    assert any("polyneuropathy" in box.text() for box in view.form.facts.boxes())


def test_a_question_of_ones_own_is_on_the_page(view, model):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    view.form.question.line.setFocus()
    QTest.keyClicks(view.form.question.line, "Which glucose meter fits her hands?")
    view.form.agreement.setFocus()
    assert "Which glucose meter fits her hands?" in " ".join(view.desk.accessibleDescription().split())


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (MOORE, "This person is recorded as deceased. Nothing is sent until that is taken back."),
        (RIVERA, "This person asked for no contact by the program."),
    ],
)
def test_what_may_not_leave_says_why_and_cannot_be_printed_or_saved(view, model, sample, who, sentence):
    model.open_for(who)
    press(Qt.Key.Key_Return)
    assert view.form.notice.text() == sentence
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_S, CTRL)
    assert not view.leaving.isVisible()
    assert stored(sample) == []


def test_without_a_safe_address_her_copy_stays_until_it_is_handed_over(view, model, sample, tmp_path):
    desk_words = "No safe mailing address is known. Hand the letter over in person."
    with sample.store.saving() as connection:
        from coordinator_app.storage.tables import care

        connection.execute(
            care.contact_profile.update().where(care.contact_profile.c.member_id == MARIA).values(safe_address="")
        )
        connection.commit()
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    state = shown(model)
    assert (state.copies.lines[0].is_enabled, state.copies.lines[0].detail) == (False, desk_words)
    model.set_copy_delivery(Delivery.HANDED_OVER)
    assert shown(model).copies.lines[0].is_on
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    assert [row.copy_for for row in stored(sample)] == ["program", "patient", "pcp"]


def test_a_copy_that_may_not_leave_does_not_keep_the_letter_here_and_is_told(view, model, sample):
    from coordinator_app.storage.tables import care

    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    with sample.store.saving() as connection:
        # A colleague's word arrives between the preview and the print.
        connection.execute(
            care.contact_profile.update()
            .where(care.contact_profile.c.member_id == MARIA)
            .values(no_contact=["letters"])
        )
        connection.commit()
    told = []
    model.leaving.told.connect(told.append)
    press(Qt.Key.Key_Return)
    assert [row.copy_for for row in stored(sample)] == ["program", "pcp"]
    assert told == ["Printed and kept: 2 letters. Copy for her stayed here: This person asked for no letters."]


def test_a_minors_copy_goes_to_the_guardian_by_name(view, model):
    model.open_for(LUZ)
    press(Qt.Key.Key_Return)
    assert shown(model).copies.lines[0].words == "Copy for the parent or guardian, Rosa Díaz, in English"


def test_a_language_without_approved_text_is_said_and_never_translated(view, model):
    model.open_for(MINH)
    press(Qt.Key.Key_Return)
    copy = shown(model).copies.lines[0]
    assert copy.words == "Copy for him, in Vietnamese"
    assert copy.detail == "No approved text in that language: English, with the notice of free language help."
    model.set_kind(CopyFor.PATIENT)
    assert "There is no approved text in Vietnamese" in shown(model).note


def test_another_program_puts_back_what_was_taken_out_for_the_first(view, model):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    view.form.medicines.boxes()[0].click()
    model.pick("heart")
    assert all(line.is_on for line in shown(model).medicines.lines)


def test_a_printer_that_fails_leaves_the_letter_kept_and_the_same_bytes_are_tried_again(view, model, sample, paper):
    paper.is_broken = True
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    kept = [row.pdf_sha256 for row in stored(sample)]
    assert len(kept) == 3
    assert (
        view.leaving._error.text()
        == "The printer did not take the letter. The letter is kept. Try again, or save it as PDF."
    )
    paper.is_broken = False
    press(Qt.Key.Key_Return)
    assert [row.pdf_sha256 for row in stored(sample)] == kept
    assert len(paper.printed) == 3


def test_saving_writes_plain_files_for_the_owner_alone_and_warns_in_one_sentence(view, model, sample, tmp_path):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    assert view.leaving._warning.text().startswith("This plain file holds health information")
    press(Qt.Key.Key_Return)
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert names == ["letter-2026-11-24-patient.pdf", "letter-2026-11-24-physician.pdf", "letter-2026-11-24.pdf"]
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names} == {0o600}
    hashes = {row.pdf_sha256 for row in stored(sample)}
    assert {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in names} == hashes
    assert {row.how for row in stored(sample)} == {"saved"}


def test_a_file_that_is_there_is_never_overwritten(view, model, sample, tmp_path):
    (tmp_path / "letter-2026-11-24-patient.pdf").write_text("somebody's")
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Return)
    assert view.leaving._error.text() == "There is a file of this name already. Choose another name."
    assert stored(sample) == []
    assert (tmp_path / "letter-2026-11-24-patient.pdf").read_text() == "somebody's"


def test_esc_goes_from_the_last_question_to_the_letter_and_then_to_the_screen_before(view, model, sample, qtbot):
    closed = []
    model.close_requested.connect(lambda: closed.append(True))
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Escape)
    assert not view.leaving.isVisible()
    assert closed == []
    press(Qt.Key.Key_Escape)
    assert closed == [True]
    assert stored(sample) == []


def test_enter_on_back_goes_back_and_prints_nothing(view, model, sample):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    view.leaving._back_button.setFocus()
    press(Qt.Key.Key_Return)
    assert not view.leaving.isVisible()
    assert stored(sample) == []


def test_reading_goes_on_read_lanes_and_keeping_on_the_write_lane(view, model, courier):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    assert set(courier.sent) == {Lane.READ}
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    assert courier.sent.count(Lane.WRITE) == 1


def test_page_keys_turn_from_the_letter_to_every_sheet_that_leaves(view, model):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    assert "for the program" in view.desk._foot
    seen = set()
    for _ in range(len(view.desk._pages)):
        seen.add(view.desk._foot.split("  ·")[0].split(", ")[1])
        press(Qt.Key.Key_PageDown)
    assert seen == {"for the program", "for the patient", "for the physician"}


def test_pages_stand_dot_for_dot_on_the_desk(view, model, qapp):
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    rect = view.desk.page_rect(view.desk.width(), view.desk.height())
    assert abs(view.desk._pages[0].height() - rect.height()) <= 1


def test_pictures_are_painted_over_whole_sheets_of_letter_paper_under_a_name_that_names_nobody(qapp, tmp_path):
    page = QImage(850, 1100, QImage.Format.Format_RGB888)
    page.fill(Qt.GlobalColor.white)

    def on_a_lane() -> str:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        paint_pages(printer, [page, page])
        return printer.docName()

    with ThreadPoolExecutor(1) as lane:
        assert lane.submit(on_a_lane).result(30) == "Letter"
    assert page_count((tmp_path / "out.pdf").read_bytes()) == 2


def test_without_a_printer_it_says_so_and_keeps_nothing(view, model, sample, paper, monkeypatch):
    monkeypatch.setattr(paper, "names", tuple)
    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    assert view.leaving._error.text() == "No printer is set up on this computer. Save the letter as PDF instead."
    assert stored(sample) == []


@pytest.mark.parametrize("size", [(1188, 766, Breadth.MIDDLE), (900, 456, Breadth.NARROW)], ids=["1360", "960"])
def test_the_letter_holds_its_size_in_every_state(view, model, picture, either_theme, size):
    width, height, breadth = size
    view.set_breadth(breadth)
    name = f"letter-{width}-{either_theme.tokens.name}"
    model.open_for(MARIA)
    picture(view, f"{name}-pick", width, height)
    press(Qt.Key.Key_Return)
    picture(view, name, width, height)
    press(Qt.Key.Key_S, CTRL)
    picture(view, f"{name}-save", width, height)


def test_everything_to_press_has_a_name(view, model):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    model.open_for(MARIA)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CTRL)
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for part in view.findChildren(kind):
            assert part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()), part


def test_no_word_of_the_screen_is_missing_in_either_language(resources):
    from coordinator_app.workstation.catalogue import Catalogue

    spanish = Catalogue.load(resources / "i18n", "es")
    assert not [key for key in spanish.missing if key.startswith("letter.")]
    english = Catalogue.load(resources / "i18n", "en")
    for key in english.keys:
        if key.startswith("letter."):
            assert english.places_in(key) == spanish.places_in(key), key
