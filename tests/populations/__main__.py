"""Loads and judges the public populations, `python -m tests.populations DATA [--read N] [--seed S] [--only NAME]`."""

import argparse
import contextlib
import io
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from coordinator_app.bootstrap import central
from coordinator_app.domain.ids import MemberId
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_service, transaction
from coordinator_app.storage.central.ledger import Ledger, Standing
from tests.benchmarks.stage import stage


@dataclass(frozen=True, slots=True)
class Population:
    """A public population, the day its data reach to, and the site's codes it is read with."""

    name: str
    folder: str
    file_format: str
    as_of: date
    codes: tuple[Path, ...]


OWN = Path(__file__).with_name("synthea-site-codes.json")
"""The codes the generator writes for tests our sets know by other systems, as a site would name its own."""

_SETS, _NDC = Path("ecqm/valuesets.json.gz"), Path("terminology/rxcui_ndc_atc.csv.gz")
POPULATIONS = (
    Population("synthea-r4", "synthea-ma-2019-r4/fhir", "fhir-r4", date(2021, 4, 1), (_SETS, OWN)),
    Population("synthea-stu3", "synthea-ma-2017-stu3/fhir", "fhir-stu3", date(2020, 1, 10), (_SETS, OWN)),
    Population("desynpuf", "desynpuf-500", "desynpuf", date(2010, 1, 1), (_NDC,)),
)


def main() -> int:
    """Print the counts of every population, and the charts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N charts of each, chosen by the seed")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    with stage() as centre:
        for each in POPULATIONS:
            if given.only in each.name:
                _one(centre.url, each, given.data, given.read, given.seed)
    return 0


def _one(url: str, each: Population, data: Path, read: int, seed: int) -> None:
    _say("initiative", "create", each.name, url=url)
    told = ("--initiative", each.name, "--source", each.name)
    for codes in each.codes:
        _say("load", data / codes, *told, "--format", "valuesets", url=url)
    loaded = _say("load", data / each.folder, *told, "--format", each.file_format, "--as-of", each.as_of, url=url)
    judged = _say("evaluate", "--initiative", each.name, "--as-of", each.as_of, url=url)
    again = _say("evaluate", "--initiative", each.name, "--all", url=url)
    print(f"\n== {each.name}, {each.as_of}: {judged['evaluated']} people judged, {judged['opened']} rows")
    print(f"set aside when loading: {loaded.get('rejected_total', 0)}; unread drugs: {judged['unread']}")
    changed = {name: again[name] for name in ("opened", "changed", "ended")}
    print(f"judged again: {changed}; open on the day by kind: {judged['by_kind']}")
    engine = open_service(address_of(url), "evaluator")
    store = Ledger(engine)
    home = store.home(each.name)
    rows = _rows(engine, home.id, each.as_of)
    for (kind, rule), count in sorted(rows.items()):
        print(f"  {kind:<10} {rule:<34} {count:>5}")
    ids = _by_name(engine, home.id)
    chosen = random.Random(seed).sample(ids, min(read, len(ids)))
    for standing in store.standings(home, chosen, each.as_of, is_frozen=True):
        _chart(standing, each.as_of)


def _rows(engine: Engine, home: str, day: date) -> Counter[tuple[str, str]]:
    sql = text(
        "SELECT r.kind, r.rule, count(*) FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id"
        " WHERE m.initiative_id = CAST(:home AS uuid) AND r.opens_on <= :day"
        " AND (r.ends_on IS NULL OR r.ends_on > :day) GROUP BY 1, 2"
    )
    with transaction(engine) as connection:
        return Counter({(row[0], row[1]): row[2] for row in connection.execute(sql, {"home": home, "day": day})})


def _by_name(engine: Engine, home: str) -> list[MemberId]:
    """Return everybody in an order the source gives: ids are made anew with every load, and would choose others."""
    sql = text(
        "SELECT id FROM care.member WHERE initiative_id = CAST(:home AS uuid)"
        ' ORDER BY family COLLATE "C", given COLLATE "C", birth_date, sex, member_number COLLATE "C"'
    )
    with transaction(engine) as connection:
        return [MemberId(str(row.id)) for row in connection.execute(sql, {"home": home})]


def _chart(standing: Standing, day: date) -> None:
    person = standing.chart.person
    age = (day - person.birth_date).days // 365
    print(f"\n-- {person.id} {person.sex} born {person.birth_date} ({age}) died {person.deceased_on}")
    for row in sorted(standing.reasons, key=lambda one: (one.kind, one.rule, one.opens_on)):
        state = "open" if row.opens_on <= day and (row.ends_on is None or row.ends_on > day) else "not open"
        shown = {name: value for name, value in row.arguments.items() if not name.startswith("points")}
        print(f"   ROW {state} {row.rule} {row.subject} [{row.episode}] opens {row.opens_on} due {row.due_on} "
              f"ends {row.ends_on} {row.end_cause} sev {row.severity} {shown}")  # fmt: skip
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for fact in standing.chart.facts:
        code = f"{fact.codings[0].system} {fact.codings[0].code}" if fact.codings else fact.class_code
        value = f"={fact.value_number:g}{fact.value_unit}" if fact.value_number is not None else ""
        more = f"/{fact.days_supply}d" if fact.days_supply else ""
        ends = f"..{fact.ends_on}" if fact.ends_on and fact.ends_on != fact.starts_on else ""
        when = f"{fact.starts_on or fact.authored_on}{ends}{value}{more}"
        key = (fact.kind.value, code, f"{fact.display} {fact.status} {fact.class_code}")
        grouped.setdefault(key, []).append(when)
    for (kind, code, words), whens in sorted(grouped.items()):
        if kind not in {"claim", "care_plan", "goal", "report"}:
            print(f"   {kind} {code} {words}: {len(whens)}x {' '.join(sorted(whens)[-4:])}")


def _say(word: str, *words: object, url: str) -> Any:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = central.run([word, "--url", url, "--json", *map(str, words)])
    if code not in {0, 1}:
        sys.exit(f"{word} {words}: {code}\n{said.getvalue()[:2000]}")
    return json.loads(said.getvalue())


if __name__ == "__main__":
    sys.exit(main())
