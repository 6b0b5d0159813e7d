"""What the rules of screenings are told: who, with what, how long it lasts, and who is not asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.domain.rules.sheet import Document, Sheet
from coordinator_app.domain.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class ScreeningTest:
    """One way to be screened: how long it lasts clinically, and over how many calendar years the measure counts it.

    ``months`` are added to ``years``. A value over ``over`` lasts ``over_months`` only. It counts from ``from_age`` on.
    Where tests have different ``group``, one of each is needed. With ``drug_class`` fills and orders of it count.
    """

    name: str
    years: int
    measure_years: int
    months: int = 0
    over: float | None = None
    over_months: int = 0
    from_age: int = 0
    group: int = 0
    drug_class: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningTerms:
    """Who is to be screened for one thing, with what, and who is not.

    ``needs`` are illnesses of which one is required, ``grace`` the days after it was first told, and ``needs_days`` how
    long after that day one asks. With ``after_visit`` only people with a visit on record lately are asked for it. With
    ``is_asked`` records cannot know whether it is due, so one asks. ``is_aside``: asked when one speaks anyway, never
    the cause of a call. ``excluded_by`` names value sets, and illnesses as ``illness:<name>``; names joined by ``+``
    exclude together only, as two sides of a pair do. ``organ`` is what is screened: where records tell that a person
    has it or has not, that counts and not the sex; with ``organ_by_test`` a test of it tells so. ``surveillance`` are
    (illness, years) of those who are to be screened sooner.
    """

    name: str
    from_age: int
    to_age: int
    measure_from_age: int
    measure_to_age: int
    frailty_from_age: int
    tests: tuple[ScreeningTest, ...]
    excluded_by: tuple[str, ...]
    actions: tuple[str, ...]
    points: Mapping[str, int]
    sex: str = ""
    needs: tuple[str, ...] = ()
    grace: int = 0
    after_visit: bool = False
    is_asked: bool = False
    is_aside: bool = False
    organ: str = ""
    organ_by_test: bool = False
    needs_days: int = 0
    surveillance: tuple[tuple[str, int], ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def sentence(self) -> str:
        """Return the code of its sentences, without what was found."""
        return "screening.colorectal" if self.name == "colorectal" else "screening.gap"


def screening_terms(name: str, sheet: Sheet) -> ScreeningTerms:
    """Build the terms of one screening from its sheet."""
    return ScreeningTerms(
        name=name,
        from_age=sheet.number("from_age"),
        to_age=sheet.number("to_age"),
        measure_from_age=sheet.number("measure_from_age"),
        measure_to_age=sheet.number("measure_to_age"),
        frailty_from_age=sheet.number("frailty_from_age"),
        tests=tuple(_screening_test(test) for test in sheet.value("tests")),
        excluded_by=sheet.words("excluded_by"),
        actions=sheet.words("actions"),
        points=sheet.points("points"),
        sex=str(sheet.value_or("sex", "")),
        needs=tuple(sheet.value_or("needs", ())),
        grace=int(sheet.value_or("grace", 0)),
        after_visit=bool(sheet.value_or("after_visit", 0)),
        is_asked=bool(sheet.value_or("ask", 0)),
        is_aside=bool(sheet.value_or("aside", 0)),
        organ=str(sheet.value_or("organ", "")),
        organ_by_test=bool(sheet.value_or("organ_by_test", 0)),
        needs_days=int(sheet.value_or("needs_days", 0)),
        surveillance=_surveillance(sheet),
        sensitivity=Sensitivity(sheet.value_or("sensitivity", 0)),
    )


def _surveillance(sheet: Sheet) -> tuple[tuple[str, int], ...]:
    if not sheet.value_or("surveillance", ()):
        return ()
    told = sheet.sheet("surveillance")
    return tuple((name, told.number(name)) for name in sheet.value("surveillance"))


def _screening_test(told: Document) -> ScreeningTest:
    years, months = int(told.get("years", 0)), int(told.get("months", 0))
    over, over_months = told.get("over", (None, 0))
    return ScreeningTest(
        told["set"],
        years,
        int(told.get("measure_years", max(1, years + months // 12))),
        months,
        over,
        int(over_months),
        int(told.get("from_age", 0)),
        int(told.get("group", 0)),
        str(told.get("drug_class", "")),
    )
