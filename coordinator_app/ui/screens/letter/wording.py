"""The words of the letter screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from coordinator_app.domain.letter import Agreement, CopyFor, Delivery, EvidenceRow, Said
from coordinator_app.domain.outreach.wording import full_date
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.letter_composing import Composed, Suggestion
from coordinator_app.ui.screens.letter.chosen import WAYS, Chosen
from coordinator_app.ui.screens.letter.proof import Proof, Sheet
from coordinator_app.ui.screens.letter.rows import Choice, DeskState, LetterState, TickGroup, TickLine
from coordinator_app.ui.shared.failure_words import failure_words
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

KINDS: Final = (CopyFor.PROGRAM, CopyFor.PATIENT, CopyFor.PCP)
_SEXES: Final = ("female", "male")


@dataclass(frozen=True, slots=True)
class Opened:
    """A person whose letter is written, and the programs in their order."""

    page: PatientPage
    suggestions: tuple[Suggestion, ...]
    languages: tuple[str, ...]
    draft: Mapping[str, Any] = field(default_factory=dict)

    @property
    def physician(self) -> str:
        """The name of the primary-care physician, empty where none is known."""
        return next((each.name for each in self.page.care_team if each.role == "pcp"), "")

    @property
    def patient_language(self) -> str:
        """The language the patient reads."""
        member = self.page.member
        return member.language_read or member.language_spoken or "en"


class LetterWording:
    """Says everything beside the page itself."""

    def __init__(self, words: Words, people: PatientWords) -> None:
        self._words, self._people = words, people
        self._say = words.say

    def picking(self, opened: Opened) -> LetterState:
        """Return the state in which a program is to be chosen; none is."""
        return LetterState(
            who=self._people.identity(opened.page), programs=tuple(map(self._program, opened.suggestions))
        )

    def written(self, opened: Opened, chosen: Chosen, proof: Proof | None, opens: frozenset[str]) -> LetterState:
        """Return the state of a letter whose program is chosen; without a proof the facts are still to come."""
        refused = proof.main.composed.refused if proof is not None else None
        return LetterState(
            who=self._people.identity(opened.page),
            picks=False,
            kind=Choice(tuple(Option(self._say(f"kind.{kind}"), kind) for kind in KINDS), chosen.kind),
            to=Choice(tuple(self._to(each) for each in opened.suggestions), chosen.program),
            language=Choice(self._languages(opened, chosen), chosen.language),
            delivery=self._ways(chosen.kind, chosen.delivery),
            copy_delivery=self._ways(CopyFor.PATIENT, chosen.copy_delivery) if chosen.copies else None,
            notice=failure_words(self._words.catalogue, refused) if refused is not None else "",
            note=self._note(opened, chosen, proof),
            agreement=chosen.agreement,
            agreed_words=self._agreed(opened, chosen),
            facts=self._group("facts", self._facts(proof, chosen, opens)),
            medicines=self._group("medicines", self._medicines(proof, chosen)),
            copies=TickGroup(self._say("copies"), self._copies(opened, chosen, proof))
            if chosen.copies
            else TickGroup(""),
            question_hint=self._question(opened, chosen),
            may_leave=refused is None,
        )

    def desk(self, proof: Proof) -> DeskState:
        """Return the pages of all sheets that leave, one after the other."""
        pages, feet, texts = [], [], []
        for sheet in proof.leaving:
            whose = self._say(f"sheet.{sheet.form.copy_for}")
            for number, page in enumerate(sheet.pages, start=1):
                is_cover = number == 1 and sheet.has_cover
                key = "foot.cover" if is_cover else "foot"
                pages.append(page)
                feet.append(self._say(key, page=number, pages=len(sheet.pages), whose=whose))
            texts.append(f"{whose}.\n{sheet.text}" if sheet.text else "")
        first = 1 if proof.main.has_cover else 0
        return DeskState(tuple(pages), tuple(feet), "\n".join(filter(None, texts)), first=first)

    def leaving_lines(self, opened: Opened, chosen: Chosen, proof: Proof | None) -> tuple[str, ...]:
        """Return one line for each sheet that is to leave: to whom and how."""
        leaving = [each.form for each in proof.leaving] if proof is not None else None
        forms = leaving if leaving is not None else [form for form in chosen.forms() if chosen.is_wanted(form)]
        return tuple(
            self._say(
                "leaves.line",
                to=self._recipient(opened, chosen, form.copy_for),
                way=self._say(f"way.{form.delivery}"),
            )
            for form in forms
        )

    def copy_for(self, opened: Opened, copy_for: CopyFor) -> str:
        """Return whose copy it is: for her, for the parent, for the physician by name."""
        if copy_for is CopyFor.PCP:
            return self._say("copy.pcp", name=opened.physician)
        if opened.page.is_minor:
            name = opened.page.guardian.name if opened.page.guardian else self._say("copy.parent_unknown")
            return self._say("copy.guardian", name=name)
        sex = opened.page.member.sex
        return self._say(f"copy.{sex if sex in _SEXES else 'patient'}")

    def _program(self, each: Suggestion) -> PairRow:
        name = self._name(each)
        if not each.why:
            second = self._say("pick.nothing")
            return PairRow(each.listing.program.id, name, second, f"{name}. {second}")
        count = self._say("pick.facts", count=len(each.why))
        first = self._fact(each.why[0])
        return PairRow(each.listing.program.id, name, first, f"{name}. {count}. {first}", aside=count)

    def _to(self, each: Suggestion) -> Option:
        return Option(self._name(each), each.listing.program.id)

    def _name(self, each: Suggestion) -> str:
        return _sentence_case(each.listing.program.name.to(self._words.lang))

    def _languages(self, opened: Opened, chosen: Chosen) -> tuple[Option, ...]:
        codes = dict.fromkeys([*opened.languages, *([chosen.language] if chosen.language else [])])
        return tuple(Option(_sentence_case(self._people.language(code)), code) for code in codes)

    def _ways(self, copy_for: CopyFor, value: Delivery) -> Choice:
        return Choice(tuple(Option(self._say(f"delivery.{way}"), way) for way in WAYS[copy_for]), value)

    def _note(self, opened: Opened, chosen: Chosen, proof: Proof | None) -> str:
        told = []
        listing = next(each.listing for each in opened.suggestions if each.listing.program.id == chosen.program)
        if chosen.kind is CopyFor.PROGRAM and chosen.delivery is Delivery.FAX and not listing.is_confirmed:
            told.append(self._say("note.number_not_confirmed"))
        if proof is not None and not proof.main.composed.speaks_language:
            told.append(self._say("note.no_text", language=self._people.language(chosen.language)))
        return " ".join(told)

    def _agreed(self, opened: Opened, chosen: Chosen) -> str:
        if chosen.agreement is None:
            return self._say("agreed.none")
        if chosen.agreed_on is None:
            return self._say(f"agreed.{chosen.agreement}")
        return self._say(f"agreed.{chosen.agreement}", day=self._people.day(chosen.agreed_on, opened.page.today))

    def _group(self, title: str, lines: tuple[TickLine, ...]) -> TickGroup:
        on = sum(line.is_on for line in lines)
        return TickGroup(self._say(title), lines, self._say("of", on=on, all=len(lines)) if lines else "")

    def _facts(self, proof: Proof | None, chosen: Chosen, opens: frozenset[str]) -> tuple[TickLine, ...]:
        if proof is None:
            return ()
        return tuple(
            self._row(row, chosen, is_open=row.key in opens)
            for row in proof.main.composed.offered.why
            if row.sensitivity is Sensitivity.ORDINARY or (row.is_needed and chosen.kind is CopyFor.PROGRAM)
        )

    def _row(self, row: EvidenceRow, chosen: Chosen, *, is_open: bool) -> TickLine:
        if row.sensitivity is Sensitivity.ORDINARY:
            return TickLine(row.key, self._fact(row), is_on=row.key not in chosen.left_out)
        if row.sensitivity is Sensitivity.PART2:
            return TickLine(row.key, self._say("confidential"), self._say("confidential.part2"), is_enabled=False)
        if not is_open:
            return TickLine(row.key, self._say("confidential.closed"), is_closed=True)
        return TickLine(row.key, self._fact(row), self._say("confidential"), is_on=row.key in chosen.kept)

    def _medicines(self, proof: Proof | None, chosen: Chosen) -> tuple[TickLine, ...]:
        # A medicine that is not ordinary never goes into a letter, so there is nothing to choose.
        return tuple(
            TickLine(row.key, self._medicine(row), is_on=row.key not in chosen.left_out)
            for row in (proof.main.composed.offered.medicines if proof is not None else ())
            if row.sensitivity is Sensitivity.ORDINARY
        )

    def _fact(self, row: EvidenceRow) -> str:
        what, detail = self._said(row.what), self._said(row.detail)
        # A value follows its name, words are set off from it: A1c 7.9 %; Hospital stay: heart failure.
        said = f"{what}: {detail}" if what and detail[:1].isalpha() else f"{what} {detail}".strip()
        return f"{said}, {full_date(self._words.catalogue, row.on)}" if row.on else said

    def _medicine(self, row: EvidenceRow) -> str:
        day = full_date(self._words.catalogue, row.on) if row.on else self._say("fill_unknown")
        return self._say("medicine", name=self._said(row.what), day=day)

    def _said(self, said: Said) -> str:
        return said.to(self._words.lang)

    def _copies(self, opened: Opened, chosen: Chosen, proof: Proof | None) -> tuple[TickLine, ...]:
        sheets: tuple[Sheet, ...] = proof.sheets if proof is not None else ()
        found = {sheet.form.copy_for: sheet.composed for sheet in sheets}
        main = proof.main.composed.refused if proof is not None else None
        return tuple(
            self._copy_line(self._copy_words(opened, chosen, each), each, chosen, found.get(each), main)
            for each in chosen.copies
        )

    def _copy_line(
        self, words: str, copy_for: CopyFor, chosen: Chosen, composed: Composed | None, main: Refusal | None
    ) -> TickLine:
        refused = composed.refused if composed is not None else None
        detail = ""
        if refused is not None:
            # What keeps the whole letter here stands above it once, not again under every copy.
            is_own = main is None or main.code != refused.code
            detail = failure_words(self._words.catalogue, refused) if is_own else ""
        elif copy_for is CopyFor.PATIENT and composed is not None and not composed.speaks_language:
            detail = self._say("copy.no_text")
        is_on = refused is None and copy_for not in chosen.without
        return TickLine(copy_for.value, words, detail, is_on, refused is None, warns=refused is not None)

    def _question(self, opened: Opened, chosen: Chosen) -> str:
        program = next(each.listing.program for each in opened.suggestions if each.listing.program.id == chosen.program)
        return program.question.to(self._words.lang)

    def _recipient(self, opened: Opened, chosen: Chosen, copy_for: CopyFor) -> str:
        if copy_for is CopyFor.PROGRAM:
            return next(self._name(each) for each in opened.suggestions if each.listing.program.id == chosen.program)
        return self._copy_words(opened, chosen, copy_for)

    def _copy_words(self, opened: Opened, chosen: Chosen, copy_for: CopyFor) -> str:
        words = self.copy_for(opened, copy_for)
        if copy_for is not CopyFor.PATIENT:
            return words
        return self._say("copy.in", copy=words, language=self._people.language(chosen.patient_language))


AGREEMENTS: Final = (Agreement.YES, Agreement.NO, Agreement.NOT_ASKED)


def _sentence_case(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
