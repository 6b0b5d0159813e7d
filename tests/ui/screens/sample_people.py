"""A dozen invented people of one panel, as rows of the store; the day is Tuesday, 24 November 2026."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 43, 9, tzinfo=UTC)
"""10:43 in Springfield."""

Rows = dict[str, list[dict[str, object]]]


def made(*words: object) -> str:
    """Return an id that is the same in every run."""
    return str(uuid5(NAMESPACE_OID, "/".join(map(str, words))))


PANEL, INITIATIVE, ANA, LUIS = (made(each) for each in ("panel", "initiative", "ana", "luis"))
PENA, DEVICE = made("pena"), made("device")


def before(days: int) -> date:
    return TODAY - timedelta(days)


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a winter instant by the clock of Springfield."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


class Person:
    """Gathers the rows of one person."""

    def __init__(self, number: str, family: str, given: str, born: str, sex: str, **member: object) -> None:
        self.id = made("member", number)
        self.number = number
        self.rows: Rows = {
            "member": [
                {
                    "id": self.id,
                    "panel_id": PANEL,
                    "initiative_id": INITIATIVE,
                    "person_key": made("person", number),
                    "member_number": f"DEMO {number}",
                    "family": family,
                    "given": given,
                    "birth_date": date.fromisoformat(born),
                    "sex": sex,
                    "clinician_id": PENA,
                    "payer": "Cigna",
                    "source": "demo",
                    "row_version": 1,
                    **member,
                }
            ]
        }

    def add(self, table: str, **values: object) -> str:
        rows = self.rows.setdefault(table, [])
        row = {"id": made(table, self.number, len(rows)), "member_id": self.id, "panel_id": PANEL, "row_version": 1}
        rows.append({**row, **values})
        return str(rows[-1]["id"])

    def phone(self, value: str = "+14135550142", **more: object) -> str:
        return self.add("contact_point", value=value, source="demo", **more)

    def fact(self, kind: str, display: str, on: date, *, source: str = "claims", **more: object) -> str:
        return self.add("fact", kind=kind, display=display, starts_on=on, source=source, **more)

    def fill(self, drug: str, on: date, days: int, sensitivity: int = 0) -> str:
        return self.fact("dispense", drug, on, days_supply=days, code=drug, system="rxnorm", sensitivity=sensitivity)

    def labs(self, name: str, unit: str, *values: tuple[int, float]) -> None:
        for days, value in values:
            self.fact(
                "observation", name, before(days), value_number=value, value_unit=unit, code=name, category="laboratory"
            )

    def reason(self, kind: str, rule: str, sentence: str, **more: object) -> str:
        told = {"opens_on": before(1), "severity": 20, "arguments": {}, "evidence": [], "actions": [], **more}
        return self.add("reason", kind=kind, rule=rule, rule_version="1", subject=rule, episode="1",
                        sentence=sentence, **told)  # fmt: skip

    def home_from_hospital(self, left: date, due: date, condition: str, days: int = 4, lace: int = 12) -> None:
        stay = self.fact(
            "encounter", "Inpatient stay", left - timedelta(days), source="hospital", class_code="IMP",
            ends_on=left, value_text=condition.replace("_", " "), status="finished",
        )  # fmt: skip
        points = {"points.unplanned": 10, "points.risk_high": 15, "points.lace": lace}
        arguments = {
            "discharged_on": left.isoformat(), "condition": condition, "condition_words": "", "lace": lace,
            "lace_band": "high", "late_on_arrival": 0, **points,
        }  # fmt: skip
        self.reason(
            "discharge", "discharge.contact", "discharge.home", opens_on=left, due_on=due,
            severity=sum(points.values()), ends_on=left + timedelta(30), evidence_on=left,
            evidence=[[stay, "Inpatient stay", left.isoformat(), "hospital"]], arguments=arguments,
            actions=["call", "book", "teach"],
        )  # fmt: skip

    def late_refill(  # noqa: PLR0917
        self, drug: str, rxcui: str, drug_class: str, filled: date, days: int, severity: int, sensitivity: int = 0
    ) -> None:
        fill = self.fill(drug, filled, days, sensitivity=sensitivity)
        out = filled + timedelta(days)
        self.reason(
            "refill", "refill.late", "refill.late", opens_on=out + timedelta(4), due_on=out + timedelta(30),
            severity=severity, evidence=[[fill, drug, filled.isoformat(), "claims"]], evidence_on=filled,
            arguments={
                "drug": drug, "rxcui": rxcui, "drug_class": drug_class, "run_out_on": out.isoformat(),
                "last_fill_on": filled.isoformat(), "days_supply": days, "supply_assumed": 0,
                f"points.class_{drug_class}": severity,
            },
            sensitivity=sensitivity,
        )  # fmt: skip

    def screening(self, *, opens: date, born: int, measured: bool = True, last_on: str = "") -> None:
        state = "last_test_old" if last_on else "none_on_record"
        self.reason(
            "screening", "screening.colorectal", f"screening.colorectal.{'again' if last_on else 'none'}",
            opens_on=opens, severity=25,
            arguments={
                "screening": "colorectal", "last_test": "stool_blood" if last_on else "", "last_on": last_on,
                "measure_from_year": born + 46 if measured else 2030, "measure_to_year": born + 75,
                f"points.{state}": 25,
            },
        )  # fmt: skip

    def called(self, at: datetime, outcome: str, **more: object) -> str:
        return self.add(
            "contact", author_id=ANA, occurred_at=at, recorded_at=at, outcome=outcome, number="+14135550142", **more
        )


def garcia() -> Person:
    who = Person("204 118", "García López", "María José", "1945-07-14", "female", preferred="Mari",
                 language_spoken="es", language_read="es", zip_code="01107")  # fmt: skip
    who.phone(preferred=True, may_call="yes", may_leave_message="no", safe_hours="9:00–12:00", kind="mobile")
    who.add("contact_profile", special_contact=True, instructions="Mobile only, 9:00–12:00. No message.",
            best_hours="9:00–12:00", source="demo")  # fmt: skip
    daughter = who.add("related_person", name="Lucía Pérez", relation="daughter", phone="+14135550143")
    who.add("permission", related_person_id=daughter, topics=["all"], given_on=date(2026, 6, 1),
            valid_until=date(2027, 6, 1))  # fmt: skip
    who.home_from_hospital(before(2), TODAY, "heart_failure")
    who.fact("encounter", "Emergency visit", before(36), class_code="EMER", ends_on=before(36), status="finished",
             value_text="home the same day")  # fmt: skip
    who.late_refill("lisinopril 20 mg", "29046", "ace_inhibitor", before(101), 90, 35)
    who.fill("furosemide 40 mg", before(2), 30)
    who.fill("carvedilol 12.5 mg", before(15), 30)
    who.fill("metformin 1000 mg", before(86), 90)
    who.labs("Potassium", "mmol/L", (300, 4.3), (220, 4.4), (140, 4.4), (60, 4.8), (6, 4.9))
    who.labs("eGFR", "mL/min", (300, 62), (220, 58), (140, 56), (60, 52), (6, 48))
    who.labs("A1c", "%", (500, 6.9), (400, 7.1), (250, 7.4), (145, 7.9))
    who.called(clock(before(22), 9, 20), "reached", seconds=360, identity=["birth_date", "zip"], language="es")
    who.add("teaching", author_id=ANA, occurred_at=clock(before(22), 9, 24), recorded_at=clock(before(22), 9, 24),
            topic="salt", result="said_back", language="es")  # fmt: skip
    who.called(clock(before(1), 11, 40), "no_answer")
    return who


def tran() -> Person:
    who = Person("204 231", "Tran", "Minh Đức", "1960-03-02", "male", language_spoken="vi", language_read="vi",
                 interpreter="needed")  # fmt: skip
    who.phone("+14135550151")
    who.home_from_hospital(before(1), TODAY + timedelta(1), "pneumonia", lace=9)
    who.screening(opens=before(300), born=1960)
    return who


def washington() -> Person:
    who = Person("204 305", "Washington", "Denise", "1954-05-20", "female")
    who.phone("+14135550161")
    who.late_refill("warfarin 5 mg", "11289", "anticoagulant", before(34), 30, 60)
    who.screening(opens=before(200), born=1954, last_on="2024-02-10")
    who.called(clock(before(6), 10), "left_message")
    who.called(clock(before(4), 15), "no_answer")
    return who


def others() -> Iterator[Person]:
    kowalczyk = Person("204 377", "Kowalczyk", "Łukasz", "1977-01-30", "male")
    kowalczyk.late_refill("insulin glargine", "274783", "insulin", before(35), 28, 60)
    nguyen = Person("204 402", "Nguyen", "Thuy", "1959-08-11", "female", language_spoken="vi")
    nguyen.late_refill("metformin 500 mg", "6809", "biguanide", before(110), 90, 35)
    nguyen.screening(opens=before(500), born=1959)
    obrien = Person("204 455", "O’Brien", "Patrick", "1952-04-01", "male")
    obrien.screening(opens=before(250), born=1952, last_on="2023-03-20")
    twin = Person("204 456", "O’Brien", "Patrick J.", "1952-09-09", "male")
    twin.late_refill("atorvastatin 40 mg", "83367", "statin", before(120), 90, 30)
    lee = Person("204 460", "Lee", "Robin", "1985-12-12", "unknown")
    lee.late_refill("dolutegravir 50 mg", "1433868", "antiretroviral", before(36), 30, 60, sensitivity=1)
    santiago = Person("204 502", "Santiago", "Luz", "2010-02-17", "female")
    santiago.add("related_person", name="Rosa Díaz", relation="mother", phone="+14135550171", is_guardian=True)
    santiago.home_from_hospital(before(3), before(1), "asthma", days=2, lace=6)
    young = Person("204 530", "Brown", "Walter", "1981-06-30", "male")
    young.screening(opens=before(20), born=1981, measured=False)
    soon = Person("204 541", "Silva", "Beatriz", "1958-07-21", "female", language_spoken="pt")
    soon.screening(opens=TODAY + timedelta(6), born=1958, last_on="2023-11-30")
    helen = Person("204 555", "Brown", "Helen", "1949-10-02", "female")
    helen.late_refill("losartan 50 mg", "52175", "arb", before(120), 90, 35)
    helen.called(clock(TODAY, 10, 40), "no_answer")
    promised = Person("204 560", "Clark", "June", "1962-03-03", "female")
    promised.late_refill("metoprolol 50 mg", "6918", "beta_blocker", before(120), 90, 40)
    contact = promised.called(clock(before(1), 9), "call_back")
    promised.add("follow_up", author_id=ANA, occurred_at=clock(before(1), 9), recorded_at=clock(before(1), 9),
                 contact_id=contact, what="call_back", due_at=clock(TODAY + timedelta(3), 10))  # fmt: skip
    for each in (kowalczyk, nguyen, obrien, twin, lee, santiago, young, soon, helen, promised):
        each.phone()
        yield each


def not_listed() -> Iterator[Person]:
    yield Person("204 601", "Moore", "Albert", "1940-01-01", "male", held_cause="deceased", held_source="claims",
                 held_on=before(20), deceased_on=before(20))  # fmt: skip
    yield Person("204 602", "Rivera", "Carmen", "1966-01-01", "female", held_cause="opted_out", held_source="patient",
                 held_on=before(60))  # fmt: skip
    yield Person("204 603", "Fitzgerald", "Maeve", "1951-01-01", "female", held_cause="in_hospital",
                 held_source="hospital", held_on=before(2))  # fmt: skip


def people() -> tuple[Person, ...]:
    """Return everybody of the sample panel."""
    return (garcia(), tran(), washington(), *others(), *not_listed())


def crowd(count: int) -> Iterator[Person]:
    """Yield so many people more, each with one reason; no two are easily taken for each other."""
    for number in range(count):
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))
        born = date(1955, 1, 1) + timedelta(number % 5000)
        who = Person(f"9{number:05}", f"{letters}son", letters[::-1], born.isoformat(), "female")
        who.screening(opens=before(100), born=1960)
        yield who
