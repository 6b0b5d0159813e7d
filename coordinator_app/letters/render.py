"""Referral letters as PDF: one, or a batch in which each starts on a new sheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coordinator_app.domain.letter import CopyFor, LetterFacts
from coordinator_app.domain.letter_leaving import leave_out_sensitive
from coordinator_app.letters.fax_cover import fax_cover
from coordinator_app.letters.referral import Referral
from coordinator_app.letters.sheet import Furniture, Paper, Sheet
from coordinator_app.letters.typeface import Typeface
from coordinator_app.letters.words import LetterWords


def render(facts: LetterFacts, *, fonts: Path, words: LetterWords) -> bytes:
    """Return one copy as PDF; equal facts and words give equal bytes.

    What is not ordinary and was not chosen for this recipient is left out here too, whoever built the facts.
    ``words`` must be in ``facts.language``; where it is English because no other text exists, the patient's
    copy carries the notice of free language help.
    """
    return render_batch([facts], fonts=fonts, words={facts.language: words, words.language: words})


def render_batch(letters: Sequence[LetterFacts], *, fonts: Path, words: Mapping[str, LetterWords]) -> bytes:
    """Return several letters as one PDF for a duplex printer: an odd letter is followed by an empty page."""
    first = _words_for(letters[0], words)
    Typeface(fonts)
    paper = Paper(title=first.say("pdf_title"), author=letters[0].sender.name, language=first.pdf_language)
    for index, facts in enumerate(letters):
        sheet = _laid(leave_out_sensitive(facts), fonts, _words_for(facts, words))
        sheet.draw(paper.canvas)
        if sheet.pages % 2 and index < len(letters) - 1:
            paper.blank_page()
    return paper.finish()


def version_of(words: LetterWords) -> str:
    """Name the template for the record of what was printed: referral 1 (en, draft)."""
    return f"{words.template} {words.version} ({words.language}, {words.status})"


def _words_for(facts: LetterFacts, words: Mapping[str, LetterWords]) -> LetterWords:
    return words.get(facts.language, words.get("en", next(iter(words.values()))))


def _laid(facts: LetterFacts, fonts: Path, words: LetterWords) -> Sheet:
    face = Typeface(fonts, is_large_print=facts.is_large_print)
    referral = Referral(facts, face, words)
    blocks = {
        CopyFor.PROGRAM: referral.for_program,
        CopyFor.PATIENT: referral.for_patient,
        CopyFor.PCP: referral.for_pcp,
    }[facts.copy_for]()
    sheet = Sheet(face, _furniture(facts, face, words))
    if facts.has_fax_cover and facts.copy_for is not CopyFor.PATIENT:
        counted = Sheet(face, _furniture(facts, face, words))
        counted.lay(blocks)
        sheet.lay(fax_cover(facts, face, words, pages=counted.pages + 1))
    sheet.lay(blocks)
    return sheet


def _furniture(facts: LetterFacts, face: Typeface, words: LetterWords) -> Furniture:
    marks = [words.say("mark_demo")] if facts.is_demo else []
    marks += [words.say("mark_draft")] if words.is_draft else []
    running_head = (
        words.say("running_head_patient", date=words.day(facts.written_on))
        if facts.copy_for is CopyFor.PATIENT
        else words.say(
            "running_head",
            patient=facts.member.name,
            born=words.day(facts.member.birth_date),
            member_id=facts.member.member_number,
        )
    )
    return Furniture(
        marks="  ·  ".join(marks),
        foot_left=words.say("foot_left"),
        foot_right=words.say(
            "foot_right",
            template=words.template,
            version=words.version,
            state=words.say("foot_draft") if words.is_draft else "",
        ),
        running_head=face.plain(running_head),
    )
