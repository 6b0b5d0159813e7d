"""What a nurse is told of a medicine: over the counter, herbal, cash, samples, another dose, stopped (practice 23)."""

from dataclasses import dataclass
from itertools import takewhile

from coordinator_app.domain.activity import MedicineHow, MedicineTold
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, OpenBook, Shelves
from coordinator_app.services.rule_book import RuleBook
from coordinator_app.services.touched import Touched

LONGEST_SUPPLY = 365


@dataclass(frozen=True, slots=True)
class Told:
    """What was said; the drug is found by its name, as the rule data write it, with or without a strength behind."""

    member_id: MemberId
    how: MedicineHow
    name: str
    dose: str = ""
    days_supply: int | None = None
    told_by: str = "patient"


@dataclass(frozen=True, slots=True)
class MedicineKept:
    """A word on a medicine is on the disk; the list of medicines and the reasons follow it at once."""

    medicine: MedicineTold
    touched: Touched = Touched.OUTREACH


class MedicineNoting:
    """Writes down what is told of medicines."""

    def __init__(self, open_book: OpenBook, clock: Clock, me: Me, rule_book: RuleBook) -> None:
        self._open_book, self._clock, self._me, self._rule_book = open_book, clock, me, rule_book

    def note(self, told: Told) -> MedicineKept:
        """Save it. Refusal: ``unknown_member``, ``name_needed``, ``dose_needed``, ``bad_supply``."""
        if not told.name.strip():
            raise Refusal("name_needed", "Name the medicine.")
        if told.how is MedicineHow.DOSE and not told.dose.strip():
            raise Refusal("dose_needed", "Say which dose.")
        if told.days_supply is not None and not 1 <= told.days_supply <= LONGEST_SUPPLY:
            raise Refusal("bad_supply", "A supply lasts 1 to 365 days.")
        now = self._clock.instant()
        with self._open_book() as book:
            known(book.shelves, told.member_id)
            rxcui, sensitivity = self._drug(book.shelves, told.name)
            act = MedicineTold(
                id=ActivityId(new_id()),
                member_id=told.member_id,
                author_id=self._me.staff_id,
                occurred_at=now,
                recorded_at=now,
                sensitivity=sensitivity,
                how=told.how,
                name=told.name.strip(),
                rxcui=rxcui,
                dose=told.dose,
                days_supply=told.days_supply,
                told_by=told.told_by,
            )
            book.add(act)
            book.commit("medicine", told.member_id)
        return MedicineKept(act)

    def _drug(self, shelves: Shelves, name: str) -> tuple[str, Sensitivity]:
        """Return the ingredient of a name, empty where no table has it, and how carefully it is handled."""
        wanted = {" ".join(name.casefold().split()), _without_strength(name)}
        documents = self._rule_book.documents(shelves)
        found, level = "", Sensitivity.ORDINARY
        for group in documents["medicines"]["groups"].values():
            for rxcui, known_as in group["drugs"].items():
                if str(known_as).casefold() in wanted:
                    found, level = rxcui, max(level, Sensitivity(group.get("sensitivity", 0)))
        classes = documents["drugs"]["classes"]
        for each in documents["drugs"]["ingredients"]:
            if str(each["name"]).casefold() in wanted or each["rxcui"] == found:
                found = each["rxcui"]
                level = max(level, Sensitivity(classes[each["class"]].get("sensitivity", 0)))
        return found, level


def _without_strength(name: str) -> str:
    """Return the name before its strength; one of several drugs stays whole, for it is not its first one."""
    words = name.casefold().split()
    figures = sum(any(sign.isdigit() for sign in word) for word in words)
    if "/" in words or figures > 1:
        return " ".join(words)
    return " ".join(takewhile(lambda word: not word[0].isdigit(), words))
