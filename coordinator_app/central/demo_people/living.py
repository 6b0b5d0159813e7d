"""An outline lived through: visits with their tests and costs, stays, refills, screenings, vaccines."""

import json
from random import Random
from typing import Any

from coordinator_app.central.demo_people.catalogue import Catalogue
from coordinator_app.central.demo_people.preventive import write_preventive
from coordinator_app.central.demo_people.sketch import YEAR, Sketch, StaySketch
from coordinator_app.central.demo_people.writing import Pages

_VISIT = ("hcpcs", "G0463", "Clinic visit")
_SYSTOLIC = ("loinc", "8480-6", "Systolic blood pressure")
_DIASTOLIC = ("loinc", "8462-4", "Diastolic blood pressure")
_PRESSURE_PANEL = "85354-9"
_FIT = ("loinc", "57905-2", "Hemoglobin.gastrointestinal.lower [Presence] in Stool by Immunoassay --1st specimen")
_STOOL_DNA = (
    "loinc",
    "77353-1",
    "Noninvasive colorectal cancer DNA and occult blood screening [Interpretation] in Stool",
)
_COLONOSCOPY = ("hcpcs", "G0121", "Colorectal cancer screening; colonoscopy, individual not at high risk")
_HOURS = ("13:10:00", "14:30:00", "15:45:00", "17:20:00", "18:40:00", "19:15:00")
_BACK = 3 * YEAR
_STATINS = {"atorvastatin", "rosuvastatin"}
_ON_STATIN = -400
_STEADY = {"egfr": 0.4}
"""Tests whose values scatter less from visit to visit than between people."""


class Life:
    """One person's life in facts."""

    def __init__(self, sketch: Sketch, pages: Pages, catalogue: Catalogue, rng: Random, clinician: str) -> None:
        self._sketch, self._pages, self._catalogue = sketch, pages, catalogue
        self._rng, self._clinician = rng, clinician

    def live(self) -> None:
        """Write every fact of the person's last years, none before the person joined."""
        visits = self._visit_days()
        for name in self._sketch.conditions:
            one = self._catalogue.conditions[name]
            began = max(self._sketch.joined, -int(200 + self._rng.random() * 2400))
            self._pages.fact(
                "condition",
                began,
                ("icd10cm", one.icd10, one.words),
                status="active",
                verification="confirmed",
                category="problem-list-item",
                authored=began,
                sensitivity=one.sensitivity,
            )
        for place, day in enumerate(visits):
            self._visit(day, place)
        for day in self._sketch.emergencies:
            self._emergency(day)
        for stay in self._sketch.stays:
            self._stay(stay)
        for name, left in self._sketch.drugs.items():
            self._refills(name, left)
        self._screening()
        for place in range(1 if self._sketch.age < 50 else 2):
            code, words = self._catalogue.vaccines[
                0 if place == 0 else 1 + int(self._rng.random() * (len(self._catalogue.vaccines) - 1))
            ]
            day = -int(30 + self._rng.random() * (330 if place == 0 else 1500))
            if day > self._sketch.joined and self._rng.random() < 0.6:
                self._pages.fact("immunization", day, ("cvx", code, words), status="completed", known=5)
        write_preventive(self._sketch, self._pages)
        for extra in self._sketch.extras:
            self._pages.fact(**extra)

    def _visit_days(self) -> list[int]:
        """Return the days of visits, newest first: three a year for the chronically ill, about one for others."""
        every = (
            118 if len(self._sketch.conditions) > 1 or self._sketch.drugs else 230 if self._sketch.conditions else 330
        )
        day, days = -int(4 + self._rng.random() * every), []
        while day > max(-_BACK, self._sketch.joined):
            days.append(day)
            day -= int(every * (0.7 + 0.6 * self._rng.random()))
        return days

    def _visit(self, day: int, place: int) -> None:
        if self._sketch.conditions:
            one = self._catalogue.conditions[self._sketch.conditions[place % len(self._sketch.conditions)]]
            code, level = one.icd10, one.sensitivity
        else:
            (code, _), level = self._catalogue.visits[int(self._rng.random() * len(self._catalogue.visits))], 0
        hour = _HOURS[int(self._rng.random() * len(_HOURS))]
        encounter = self._pages.fact(
            "encounter",
            day,
            _VISIT,
            hour=hour,
            ends=day,
            reason=code,
            class_code="AMB",
            clinician=self._clinician,
            sensitivity=level,
        )
        self._pages.fact(
            "claim",
            day,
            _VISIT,
            status="active",
            category="professional",
            encounter=encounter,
            reason=code,
            amount=round(95 + self._rng.random() * 210, 2),
            known=12,
            sensitivity=level,
        )
        if self._sketch.age < 3:
            return
        self._measured(encounter, day, place)

    def _measured(self, encounter: str, day: int, place: int) -> None:
        is_high = "hypertension" in self._sketch.conditions
        top = int((129 if is_high else 119) + self._rng.gauss(0, 6))
        said: dict[str, Any] = {"status": "final", "category": "vital-signs", "encounter": encounter}
        unit = "mm[Hg]"
        self._pages.fact(
            "observation", day, _SYSTOLIC, value=top, unit=unit, part=1, class_code=_PRESSURE_PANEL, **said
        )
        low = int(top * 0.62 + self._rng.gauss(0, 4))
        self._pages.fact(
            "observation", day, _DIASTOLIC, value=low, unit=unit, part=2, class_code=_PRESSURE_PANEL, **said
        )
        if place % 2 == 0 and self._sketch.age >= 18:
            self._result("weight", encounter, day, place)
        done: set[str] = set()
        for name in self._sketch.conditions:
            for lab in self._catalogue.conditions[name].labs:
                if lab not in done:
                    done.add(lab)
                    self._result(lab, encounter, day, place)

    def _result(self, name: str, encounter: str, day: int, place: int) -> None:
        lab = self._catalogue.labs[name]
        # Everybody has a level of their own, about which the years and chance move the values.
        own = Random(self._sketch.number * 31 + len(name)).gauss(lab.middle, lab.spread)  # noqa: S311
        value = own + lab.drift * (day / YEAR + 2) + self._rng.gauss(0, lab.spread / 6) * _STEADY.get(name, 1)
        if name == "ldl" and day > _ON_STATIN and _STATINS & self._sketch.drugs.keys():
            # What was high before the statin fell by it; whom it does not help is somebody's special life.
            value = max(value * 0.6, 52 + self._rng.random() * 8)
        if name == "a1c":
            value = max(value, 5.6)
        if name == "egfr" and "kidney" in self._sketch.conditions:
            value -= 20
        fixed = self._sketch.values.get(name, ())
        if place < len(fixed):
            value = fixed[place]
        self._pages.fact(
            "observation",
            day,
            ("loinc", lab.loinc, lab.words),
            status="final",
            category="vital-signs" if name == "weight" else "laboratory",
            encounter=encounter,
            value=round(value, lab.decimals),
            unit=lab.unit,
        )

    def _emergency(self, day: int) -> None:
        if day <= self._sketch.joined:
            return
        code, _ = self._catalogue.emergencies[int(self._rng.random() * len(self._catalogue.emergencies))]
        place = self._catalogue.hospitals[int(self._rng.random() * len(self._catalogue.hospitals))]
        visit = ("hcpcs", "G0383", "Level 4 hospital emergency department visit")
        encounter = self._pages.fact(
            "encounter", day, visit, hour="22:40:00", ends=day, reason=code, class_code="EMER", disposition="01",
            place=place, known=1,
        )  # fmt: skip
        self._pages.fact(
            "claim", day, visit, status="active", category="institutional", encounter=encounter,
            reason=code, amount=round(700 + self._rng.random() * 2100, 2), known=20,
        )  # fmt: skip

    def _stay(self, stay: StaySketch) -> None:
        kind = self._catalogue.stays[stay.kind]
        place = self._catalogue.hospitals[int(self._rng.random() * len(self._catalogue.hospitals))]
        level = kind.sensitivity
        if kind.is_unplanned:
            self._pages.fact(
                "encounter", stay.admitted, ("hcpcs", "G0384", "Level 5 hospital emergency department visit"),
                hour="11:05:00", ends=stay.admitted, reason=kind.icd10, class_code="EMER", place=place, known=1,
                sensitivity=level,
            )  # fmt: skip
        encounter = self._pages.fact(
            "encounter",
            stay.admitted,
            ("", "", "Inpatient stay"),
            status="finished" if stay.discharged is not None else "in-progress",
            hour="14:25:00",
            ends=stay.discharged,
            reason=kind.icd10,
            class_code="IMP",
            priority="EM" if kind.is_unplanned else "EL",
            disposition=stay.disposition if stay.discharged is not None else "30",
            place=place,
            known=stay.known,
            sensitivity=level,
        )
        self._pages.fact(
            "condition",
            stay.admitted,
            ("icd10cm", kind.icd10, kind.words),
            status="active",
            verification="confirmed",
            category="encounter-diagnosis",
            encounter=encounter,
            ends=stay.discharged,
            known=stay.known,
            sensitivity=level,
        )
        if stay.discharged is not None and stay.discharged < -12:
            amount = round(kind.cost * (0.75 + self._rng.random() * 0.5), 2)
            self._pages.fact(
                "claim", stay.admitted, ("", "", "Inpatient stay"), status="active", category="institutional",
                ends=stay.discharged, encounter=encounter, reason=kind.icd10, amount=amount, known=25,
                sensitivity=level,
            )  # fmt: skip

    def _refills(self, name: str, left: int) -> None:
        """Write the order and a chain of fills whose supply runs out ``left`` days from now."""
        drug = self._catalogue.drugs[name]
        coding = ("rxnorm", drug.rxcui, drug.words)
        more = json.dumps([["rxnorm", drug.ingredient]])
        count = max(1, min(int(400 / drug.supply), int((left - self._sketch.joined) / drug.supply)))
        first = left - drug.supply * count + 1
        ordered = max(first - 1, self._sketch.joined)
        self._pages.fact(
            "drug_order", ordered, coding, codings=more, status="active", intent="order", authored=ordered,
            quantity=drug.supply * drug.per_day, supply=drug.supply, refills=3,
            dose=f"{drug.per_day} a day", per_day=drug.per_day, clinician=self._clinician, sensitivity=drug.sensitivity,
        )  # fmt: skip
        for fill in range(count):
            begins = first + drug.supply * fill
            early = 0 if fill == 0 else int(self._rng.random() * 4)
            if fill == count - 1 and fill > 0:
                early = max(early, self._sketch.early.get(name, 0))
            day = min(begins - early, 0)
            self._pages.fact(
                "dispense", day, coding, codings=more, status="completed", quantity=drug.supply * drug.per_day,
                supply=drug.supply, per_day=drug.per_day, place="Community pharmacy",
                amount=round(9 + self._rng.random() * 80, 2), sensitivity=drug.sensitivity,
            )  # fmt: skip

    def _screening(self) -> None:
        if self._sketch.screening is None:
            return
        test, day = self._sketch.screening
        if test == "colonoscopy":
            self._pages.fact(
                "procedure", day, _COLONOSCOPY, status="completed", amount=round(1400 + self._rng.random() * 900, 2)
            )
            return
        coding = _FIT if test == "fit" else _STOOL_DNA
        self._pages.fact("observation", day, coding, status="final", category="laboratory", words="Negative")
