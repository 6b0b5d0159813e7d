"""What is chosen for a letter so far, and the sheets that follow from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.letter import Agreement, CopyFor, Delivery
from coordinator_app.services.letter_composing import LetterForm

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N")

WAYS: Final = {
    CopyFor.PROGRAM: (Delivery.FAX, Delivery.PORTAL, Delivery.MAIL, Delivery.HANDED_OVER),
    CopyFor.PCP: (Delivery.FAX, Delivery.PORTAL, Delivery.MAIL, Delivery.HANDED_OVER),
    CopyFor.PATIENT: (Delivery.MAIL, Delivery.HANDED_OVER),
}
"""How each sheet may leave, the usual way first."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of one letter; ``agreement`` None means that nothing was pressed, which the paper says as it is.

    ``kind`` is whose sheet the letter is; a referral takes copies along unless they are in ``without``.
    """

    member_id: MemberId
    patient_language: str = "en"
    has_physician: bool = False
    program: str = ""
    kind: CopyFor = CopyFor.PROGRAM
    language: str = "en"
    delivery: Delivery = Delivery.FAX
    copy_delivery: Delivery = Delivery.MAIL
    agreement: Agreement | None = None
    agreed_on: date | None = None
    question: str = ""
    left_out: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    without: frozenset[CopyFor] = frozenset()

    @property
    def is_begun(self) -> bool:
        """Whether more than the program was chosen, so that there is something to keep."""
        plain = Chosen(self.member_id, self.patient_language, self.has_physician, self.program)
        return bool(self.program) and self != plain

    def draft(self) -> dict[str, Any]:
        """Return it as the draft on the disk holds it."""
        return {
            "program": self.program,
            "kind": self.kind.value,
            "language": self.language,
            "delivery": self.delivery.value,
            "copy_delivery": self.copy_delivery.value,
            "agreement": self.agreement.value if self.agreement else "",
            "agreed_on": self.agreed_on.isoformat() if self.agreed_on else "",
            "question": self.question,
            "left_out": sorted(self.left_out),
            "without": sorted(each.value for each in self.without),
        }

    def taken_up(self, draft: Mapping[str, Any], programs: Collection[str]) -> "Chosen":
        """Return what a draft holds; a program that is offered no more is not chosen.

        A confidential fact that was let in is not let in again by itself: it is opened by its key each time.
        """
        if draft.get("program") not in programs:
            return self
        agreed_on = str(draft.get("agreed_on") or "")
        return replace(
            self,
            program=str(draft["program"]),
            kind=_known(CopyFor, draft.get("kind"), self.kind),
            language=str(draft.get("language") or self.language),
            delivery=_known(Delivery, draft.get("delivery"), self.delivery),
            copy_delivery=_known(Delivery, draft.get("copy_delivery"), self.copy_delivery),
            agreement=_known(Agreement, draft.get("agreement"), None),
            agreed_on=date.fromisoformat(agreed_on) if agreed_on else None,
            question=str(draft.get("question") or ""),
            left_out=frozenset(map(str, draft.get("left_out") or ())),
            without=frozenset(
                found for each in draft.get("without") or () if (found := _known(CopyFor, each, None)) is not None
            ),
        )

    def of_kind(self, kind: CopyFor) -> "Chosen":
        """Return the same letter as another kind, in that kind's usual language and way."""
        language = self.patient_language if kind is CopyFor.PATIENT else "en"
        return replace(self, kind=kind, language=language, delivery=WAYS[kind][0])

    @property
    def copies(self) -> tuple[CopyFor, ...]:
        """The copies this kind of letter can take along."""
        if self.kind is not CopyFor.PROGRAM:
            return ()
        return (CopyFor.PATIENT, CopyFor.PCP) if self.has_physician else (CopyFor.PATIENT,)

    def forms(self) -> tuple[LetterForm, ...]:
        """Return the letter itself, then every copy it can take along, wanted or not."""
        return tuple(self._form(each) for each in (self.kind, *self.copies))

    def is_wanted(self, form: LetterForm) -> bool:
        """Say whether a sheet of ``forms`` is to leave."""
        return form.copy_for is self.kind or form.copy_for not in self.without

    def _form(self, copy_for: CopyFor) -> LetterForm:
        is_copy = copy_for is not self.kind
        language, delivery = self.language, self.delivery
        if is_copy:
            language = self.patient_language if copy_for is CopyFor.PATIENT else "en"
            delivery = self.copy_delivery if copy_for is CopyFor.PATIENT else WAYS[copy_for][0]
        return LetterForm(
            member_id=self.member_id,
            program=self.program,
            copy_for=copy_for,
            language=language,
            agreement=self.agreement or Agreement.NOT_ASKED,
            agreed_on=self.agreed_on,
            question=self.question,
            left_out=self.left_out,
            kept=self.kept,
            copies_to=tuple(each for each in self.copies if each not in self.without and each is not copy_for),
            delivery=delivery,
            has_fax_cover=delivery is Delivery.FAX,
        )


def _known(kind: type[E], value: Any, other: N) -> E | N:
    """Return the word a draft holds, or the other where this program does not know it any more."""
    return kind(value) if value in {each.value for each in kind} else other
