"""A referral letter says what a program's nurse needs, and nothing else."""

import hashlib
import pickle
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator_app.domain.letter import (
    Agreement,
    CopyFor,
    EvidenceRow,
    Interpreter,
    LetterFacts,
    Recipient,
    Said,
    phone_with_hours,
)
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.letters.preview import extract_text, page_count
from coordinator_app.letters.render import render, render_batch, version_of
from coordinator_app.letters.words import LetterWords

Words = Mapping[str, LetterWords]
LONG_NAME = "Wilhelmina-Alexandrina Oluwaseyi Nguyễn-Đức de la Łukasiewicz"
EDGE = 60.0


def read(pdf: bytes) -> str:
    return " ".join("\n".join(extract_text(pdf)).split())


def bare(text: str) -> str:
    return "".join(text.split())


def assert_nothing_is_cut(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if not text.get_text_range(index, 1).strip():
                continue
            left, bottom, right, top = text.get_charbox(index)
            assert left >= EDGE
            assert right <= width - EDGE
            assert bottom >= 30
            assert top <= height - 20
    document.close()


def test_the_program_copy_says_all_that_practice_28_asks(facts: LetterFacts, words: Words, fonts: Path) -> None:
    said = read(render(facts, fonts=fonts, words=words["en"]))
    for needed in (
        "November 24, 2026",
        "Diabetes program",
        "Attention: intake nurse",
        "Fax (413) 555-0177",
        "Patient María José García López, “Mari”",
        "Born July 14, 1945",
        "Member ID DEMO 204 118",
        "Plan Example Plan PPO",
        "Spanish; interpreter needed",
        "Dr. Inés Peña",
        "(413) 555-0110",
        "We ask the diabetes program to take María José García López in.",
        "The patient agreed to this referral on November 24, 2026.",
        "A1c 7.9 % laboratory, July 2, 2026",
        "Two emergency visits claims, October 19, 2026",
        "Metformin 1000 mg pharmacy, August 15, 2026; twice a day",
        "Call (413) 555-0142. Safe hours: 9 a.m. to noon; leave no message.",
        "Go through sugar levels",
        "Tell us by December 8, 2026",
        "Ana Ruiz, RN Care coordinator, direct line (413) 555-0123",
        "Copies: the patient and the primary-care physician",
        "Reply slip: fax to (413) 555-0101 by December 8, 2026",
        "Member ID DEMO 204 118 · our letter of November 24, 2026",
        "Enrolled on",
        "Not suitable",
        "Could not reach",
        "Name and date",
        "Not an authorization or a specialist referral.",
        "Page 1 of 1 · referral 1, draft text, not reviewed",
        "DEMO: fictional person",
        "DRAFT: text not approved",
    ):
        assert needed in said


def test_the_usual_letter_is_one_page_for_every_reader(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    assert page_count(render(facts, fonts=fonts, words=words["en"])) == 1
    pcp = replace(facts, copy_for=CopyFor.PCP)
    assert page_count(render(pcp, fonts=fonts, words=words["en"])) == 1
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es")
    assert page_count(render(own, fonts=fonts, words=words["es"])) == 1


def test_the_same_facts_give_the_same_bytes_in_another_process_too(
    facts: LetterFacts, words: Words, fonts: Path
) -> None:
    first = render(facts, fonts=fonts, words=words["en"])
    assert render(facts, fonts=fonts, words=words["en"]) == first
    program = (
        "import hashlib, pickle, sys; from pathlib import Path; from coordinator_app.letters.render import render;"
        "facts, words, fonts = pickle.load(sys.stdin.buffer);"
        "print(hashlib.sha256(render(facts, fonts=fonts, words=words)).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps((facts, words["en"], fonts)),
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
        cwd=fonts.parents[1],
    )
    assert elsewhere.stdout.decode().strip() == hashlib.sha256(first).hexdigest()


def test_another_fact_gives_other_bytes(facts: LetterFacts, words: Words, fonts: Path) -> None:
    later = replace(facts, reply_by=date(2026, 12, 9))
    assert render(later, fonts=fonts, words=words["en"]) != render(facts, fonts=fonts, words=words["en"])


@pytest.mark.parametrize("name", ["Łukasz Nguyễn Đức", "Şükrü Ærøskøbing-Þórðarson", "Nguye\u0302\u0303n Thu\u0301y"])
def test_every_name_of_the_valley_comes_out_as_it_went_in(
    name: str, facts: LetterFacts, words: Words, fonts: Path
) -> None:
    named = replace(facts, member=replace(facts.member, name=name))
    assert unicodedata.normalize("NFC", name) in read(render(named, fonts=fonts, words=words["en"]))


def test_a_character_the_face_does_not_hold_is_named_not_lost(facts: LetterFacts, words: Words, fonts: Path) -> None:
    named = replace(facts, member=replace(facts.member, name="Li 李 \x07Wei"))
    assert "Li [U+674E] Wei" in read(render(named, fonts=fonts, words=words["en"]))


def test_a_long_name_and_twelve_rows_run_over_pages_and_lose_nothing(
    facts: LetterFacts, words: Words, fonts: Path
) -> None:
    rows = tuple(
        EvidenceRow(
            f"row{number}",
            Said.alike(f"Fact number {number} whose name is long enough for two lines"),
            date(2026, number, 3),
            "hospital",
            Said.alike("and a detail that somebody wrote at length " * (1 + number % 4) + f"end{number}"),
        )
        for number in range(1, 13)
    )
    question = "Could you call in the morning? " * 40 + "Lastword."
    long = replace(facts, member=replace(facts.member, name=LONG_NAME), why=rows, question=question)
    pdf = render(long, fonts=fonts, words=words["en"])
    said, together = read(pdf), bare(read(pdf))
    assert page_count(pdf) > 1
    assert bare(LONG_NAME) in together
    for row in rows:
        assert bare(row.detail.en) in together
    assert said.count("Could you call in the morning?") == 40
    assert "Lastword." in said
    assert_nothing_is_cut(pdf)


def test_a_row_larger_than_a_page_is_continued(facts: LetterFacts, words: Words, fonts: Path) -> None:
    detail = " ".join(f"word{number}" for number in range(1500))
    huge = replace(
        facts, why=(EvidenceRow("huge", Said.alike("N" * 300), date(2026, 1, 1), "claims", Said.alike(detail)),)
    )
    for is_large_print in (False, True):
        pdf = render(replace(huge, is_large_print=is_large_print), fonts=fonts, words=words["en"])
        said = read(pdf)
        assert all(f"word{number}" in said for number in range(1500))
        assert "N" * 300 in bare(said)
        assert_nothing_is_cut(pdf)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(alphabet="abcXYZ<>&;/#{}%\\ñŁđ ễ\n-", min_size=1, max_size=400).filter(str.strip))
def test_whatever_the_coordinator_asks_stands_on_the_letter(
    facts: LetterFacts, words: Words, fonts: Path, question: str
) -> None:
    pdf = render(replace(facts, question=question), fonts=fonts, words=words["en"])
    assert bare(question) in bare(read(pdf))


def test_every_page_carries_the_marks_the_foot_and_who_it_is_about(
    facts: LetterFacts, words: Words, fonts: Path
) -> None:
    long = replace(facts, question="A long question. " * 300, has_fax_cover=True)
    pages = extract_text(render(long, fonts=fonts, words=words["en"]))
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert "DEMO: fictional person" in page
        assert "DRAFT: text not approved" in page
        assert "Not an authorization or a specialist referral." in page
        assert f"Page {number} of {len(pages)}" in page
    for page in pages[1:]:
        assert "María José García López" in page
        assert "DEMO 204 118" in page


def test_an_approved_text_of_a_real_person_carries_no_marks(facts: LetterFacts, words: Words, fonts: Path) -> None:
    approved = replace(words["en"], status="approved", reviewed_by="M. Example, RN")
    said = read(render(replace(facts, is_demo=False), fonts=fonts, words=approved))
    assert "DEMO:" not in said
    assert "DRAFT" not in said
    assert "draft" not in said


def test_the_patients_own_copy_is_in_spanish_and_without_the_numbers_on_the_card(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es")
    said = read(render(own, fonts=fonts, words=words["es"]))
    for needed in (
        "Hola, Mari:",
        "Pedimos al programa de diabetes que le llame",
        "24 de noviembre de 2026",
        "(413) 555-0142 (9 a. m. a mediodía)",
        "Un intérprete de español es gratis",
        "Usted decide",
        "Las reglas de su plan sobre especialistas no cambian",
        "Dos visitas a urgencias",
        "Metformin 1000 mg farmacia, 15 de agosto de 2026; dos veces al día",
        "Copias: el médico de cabecera",
        "No es una autorización ni una remisión a un especialista.",
        "Ana Ruiz, RN",
    ):
        assert needed in said
    assert "DEMO 204 118" not in said
    assert "1945" not in said
    assert "Ayuda gratis con el idioma" not in said


def test_a_language_without_a_text_gets_english_with_the_offer_of_an_interpreter(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    member = replace(facts.member, language="pl")
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, member=member, language="pl")
    said = read(render(own, fonts=fonts, words=words["en"]))
    assert "We do not have this letter in Polish. Call (413) 555-0123." in said
    assert "UWAGA: Jeżeli mówisz po polsku" in said
    no_tagline = replace(own, member=replace(member, language="km"))
    said = read(render(no_tagline, fonts=fonts, words=words["en"]))
    assert "We do not have this letter in Khmer." in said
    assert "CHÚ Ý" in said
    assert "ATENÇÃO" in said


def test_english_words_in_a_spanish_letter_are_owned_up_to(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    row = EvidenceRow("x", Said("Fell in the kitchen"), date(2026, 9, 1), "patient")
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es", why=(row,))
    said = read(render(own, fonts=fonts, words=words["es"]))
    assert "Fell in the kitchen" in said
    assert "Algunas palabras de esta carta están en inglés" in said


def test_a_guardian_is_told_whom_the_letter_is_about(facts: LetterFacts, words: Words, fonts: Path) -> None:
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=Recipient("Rosa López"), language="en")
    said = read(render(own, fonts=fonts, words=words["en"]))
    assert "Dear Rosa López," in said
    assert "This letter is about María José García López." in said


@pytest.mark.parametrize(
    ("agreement", "said_so"),
    [
        (Agreement.YES, "The patient agreed to this referral on November 24, 2026."),
        (Agreement.NO, "The patient said no to this referral on November 24, 2026."),
        (Agreement.NOT_ASKED, "The patient has not been asked about this referral yet."),
    ],
)
def test_the_agreement_is_said_as_it_is(
    agreement: Agreement, said_so: str, facts: LetterFacts, words: Words, fonts: Path
) -> None:
    assert said_so in read(render(replace(facts, agreement=agreement), fonts=fonts, words=words["en"]))


def test_a_patient_who_said_no_is_not_to_be_called(facts: LetterFacts, words: Words, fonts: Path) -> None:
    said = read(render(replace(facts, agreement=Agreement.NO), fonts=fonts, words=words["en"]))
    assert "Do not contact the patient" in said
    assert "(413) 555-0142" not in said
    assert "Reply slip" not in said


def test_without_a_safe_number_the_program_asks_the_coordinator_first(
    facts: LetterFacts, words: Words, fonts: Path
) -> None:
    member = replace(facts.member, phone=None, interpreter=Interpreter.VIDEO_RELAY, language="ase")
    said = read(render(replace(facts, member=member), fonts=fonts, words=words["en"]))
    assert "No number is known to be safe. Ask the coordinator first." in said
    assert "American Sign Language; sign language by video relay" in said


def test_the_fax_cover_shows_the_number_twice_and_no_patient(facts: LetterFacts, words: Words, fonts: Path) -> None:
    pages = extract_text(render(replace(facts, has_fax_cover=True), fonts=fonts, words=words["en"]))
    assert len(pages) == 2
    assert "(413) 555-0177" in pages[0]
    assert "4 1 3 – 5 5 5 – 0 1 7 7" in pages[0]
    assert "Pages, with this one 2" in " ".join(pages[0].split())
    for secret in ("García", "DEMO 204 118", "1945", "A1c", "diabetes"):
        assert secret not in pages[0].replace("Diabetes program", "")


def test_nothing_confidential_stands_in_any_output(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    for copy_for in CopyFor:
        for language in ("en", "es"):
            for is_large_print in (False, True):
                each = replace(
                    facts,
                    copy_for=copy_for,
                    recipient=home,
                    language=language,
                    is_large_print=is_large_print,
                    has_fax_cover=True,
                )
                pdf = render(each, fonts=fonts, words=words[language])
                assert "Zz" not in read(pdf)


def test_a_confidential_program_is_named_to_the_program_alone(
    facts: LetterFacts, words: Words, fonts: Path, programs: Mapping[str, ProgramListing], home: Recipient
) -> None:
    listing = programs["maternity"]
    asked = replace(facts, program=listing.program, recipient=listing.recipient, has_fax_cover=True)
    cover, letter = extract_text(render(asked, fonts=fonts, words=words["en"]))
    assert "maternity program" in letter
    assert "aternity" not in cover
    for copy_for in (CopyFor.PATIENT, CopyFor.PCP):
        for language in ("en", "es"):
            other = replace(asked, copy_for=copy_for, recipient=home, language=language)
            said = read(render(other, fonts=fonts, words=words[language])).lower()
            assert not any(word in said for word in ("matern", "pregnan", "embaraz", "birth", "parto"))


def test_a_kept_part_2_fact_brings_the_notice_with_it(facts: LetterFacts, words: Words, fonts: Path) -> None:
    kept = tuple(
        replace(row, is_needed=True, is_kept=True) if row.sensitivity is Sensitivity.PART2 else row for row in facts.why
    )
    consented = replace(facts, why=kept, part2_consent_on=date(2026, 11, 1))
    said = read(render(consented, fonts=fonts, words=words["en"]))
    assert "Zzparttwo" in said
    assert "42 CFR part 2 prohibits unauthorized use or disclosure" in said


def test_the_document_itself_names_nobody_and_no_built_in_face(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es")
    pdf = render(own, fonts=fonts, words=words["es"])
    document = pypdfium2.PdfDocument(pdf)
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == "Carta de remisión"
    assert not any(secret in value for value in told.values() for secret in ("García", "María", "204 118", "iabetes"))
    assert b"/Lang (es-US)" in pdf
    faces = [line for line in pdf.splitlines() if b"/BaseFont" in line]
    assert faces
    assert all(b"+Inter-" in line for line in faces)
    assert pdf.count(b"/FontFile2") == len({line.split(b"/BaseFont ")[1].split()[0] for line in faces})


def test_large_print_is_large_to_the_last_line(facts: LetterFacts, words: Words, fonts: Path, home: Recipient) -> None:
    own = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es", is_large_print=True)
    pdf = render(own, fonts=fonts, words=words["es"])
    document = pypdfium2.PdfDocument(pdf)
    sizes: list[float] = []
    for page in document:
        text = page.get_textpage()
        sizes += [
            pypdfium2.raw.FPDFText_GetFontSize(text.raw, index)
            for index in range(text.count_chars())
            if text.get_text_range(index, 1).strip()
        ]
    document.close()
    assert min(sizes) >= 12
    assert sorted(sizes)[len(sizes) // 2] == 18
    assert_nothing_is_cut(pdf)


def test_in_a_batch_each_letter_starts_on_a_new_sheet(
    facts: LetterFacts, words: Words, fonts: Path, home: Recipient
) -> None:
    spanish = replace(facts, copy_for=CopyFor.PATIENT, recipient=home, language="es")
    pages = extract_text(render_batch([facts, spanish, facts], fonts=fonts, words=words))
    assert [bool(page.strip()) for page in pages] == [True, False, True, False, True]
    assert "Página 1 de 1" in pages[2]


def test_hours_are_read_from_the_register_or_shown_as_written() -> None:
    phone = phone_with_hours("4135550142", "9:00-16:30", may_leave_message=True)
    assert (phone.safe_from, phone.safe_until) == (time(9), time(16, 30))
    assert phone_with_hours("4135550142", "after Mass").safe_words == "after Mass"


def test_the_record_of_a_print_names_language_version_and_state(words: Words) -> None:
    assert version_of(words["es"]) == "referral 1 (es, draft)"
