"""The evaluator's store: charts and ledger rows come out a page of people at a time, changed rows go in."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from coordinator_app.domain.activity import Act
from coordinator_app.domain.evaluation import Change
from coordinator_app.domain.facts import Chart, Coding, Fact
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.engine import driver_of, transaction
from coordinator_app.storage.central.errors import failure_of
from coordinator_app.storage.central.ledger_rows import (
    FACTS,
    NOTED,
    PEOPLE,
    REASONS,
    SAID,
    WRITE,
    by_member,
    fact_of,
    medicine_of,
    person_of,
    reason_of,
    response_of,
    row_of,
)

PEOPLE_A_PAGE = 250
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Home:
    """The initiative that is judged."""

    id: str
    name: str
    zone: str
    calendar: str
    office: str
    frozen_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """How far judging came: for which day, by which rules, in which history of the feed, and what it had seen."""

    judged_for: date
    rules: str
    feed_epoch: int
    seen: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's chart with the ledger as it stands, and what staff were told of medicines."""

    chart: Chart
    reasons: tuple[Reason, ...]
    next_on: date | None
    acts: tuple[Act, ...] = ()


class Ledger:
    """Works as the evaluator's login; each page is read and written in transactions of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def home(self, wanted: str | None) -> Home:
        """Return the initiative of this name or id, or the only one there is."""
        sql = """SELECT id::text, name, zone, calendar, office_opens || '-' || office_closes, frozen_on
                   FROM org.initiative WHERE CAST(:wanted AS text) IS NULL OR :wanted IN (name, id::text)"""
        with transaction(self._engine) as connection:
            rows = connection.execute(text(sql), {"wanted": wanted}).all()
        if not rows:
            raise Refusal("no_such_initiative", "There is no such initiative; `initiative list` names them.")
        if len(rows) > 1:
            raise Refusal("which_initiative", "There are several initiatives; name one with --initiative.")
        return Home(*rows[0])

    def namespace(self) -> UUID:
        """Return the secret under which ids are made."""
        with transaction(self._engine) as connection:
            return UUID(str(connection.execute(text("SELECT load.namespace()")).scalar_one()))

    def freeze(self, home: Home, day: date | None) -> None:
        """Hold the initiative's day still, or let it run again."""
        with transaction(self._engine) as connection:
            sql = "SELECT sec.freeze_initiative(CAST(:home AS uuid), CAST(:day AS date))"
            connection.execute(text(sql), {"home": home.id, "day": day})

    def documents(self, home: Home) -> dict[str, Mapping[str, Any]]:
        """Return the rule data the site has put into its reference bundle, by name."""
        sql = "SELECT key, content FROM org.reference WHERE initiative_id = :home AND kind = 'rule_data'"
        with transaction(self._engine) as connection:
            rows = connection.execute(text(sql), {"home": home.id}).all()
        return {row[0]: row[1] for row in rows}

    def site_codes(self, home: Home) -> dict[str, list[Coding]]:
        """Return the codes of the site's own value sets by OID; sets of several sources are joined."""
        sql = "SELECT oid, codes FROM load.value_set WHERE initiative_id = :home ORDER BY oid, source"
        found: dict[str, list[Coding]] = {}
        with transaction(self._engine) as connection:
            for oid, codes in connection.execute(text(sql), {"home": home.id}):
                found.setdefault(oid, []).extend(Coding(system, code) for system, code in codes)
        return found

    def course(self, home: Home) -> Course | None:
        """Return how far judging came, or None where nobody was judged yet."""
        sql = "SELECT judged_for, rules, feed_epoch, seen FROM outreach.course WHERE initiative_id = :home"
        with transaction(self._engine) as connection:
            row = connection.execute(text(sql), {"home": home.id}).first()
        return Course(*row) if row else None

    def feed_reaches(self, seen: str) -> bool:
        """Say whether the feed still holds everything that came after a snapshot."""
        with transaction(self._engine) as connection:
            return bool(connection.execute(text("SELECT outreach.feed_reaches(:seen)"), {"seen": seen}).scalar_one())

    def answers_by_rule(self, home: Home) -> list[tuple[str, str, str, int]]:
        """Return (rule, answer, cause, number of reasons), the last answer to each reason that stands alone."""
        with transaction(self._engine) as connection:
            rows = connection.execute(text(_ANSWERS), {"home": home.id}).all()
        return [(row[0], row[1], row[2], int(row[3])) for row in rows]

    def now_seen(self) -> tuple[int, str]:
        """Return the feed's epoch and a snapshot of what is visible now."""
        with transaction(self._engine) as connection:
            row = connection.execute(text("SELECT outreach.feed_epoch(), pg_current_snapshot()::text")).one()
        return int(row[0]), str(row[1])

    def keep_course(self, home: Home, *, judged_for: date, rules: str, feed_epoch: int, seen: str) -> None:
        """Remember how far judging came."""
        told = {"home": home.id, "day": judged_for, "rules": rules, "epoch": feed_epoch, "seen": seen}
        with transaction(self._engine) as connection:
            connection.execute(text(_KEEP_COURSE), told)

    def everybody(self, home: Home) -> Iterator[list[MemberId]]:
        """Yield everybody's ids a page at a time, in the order of ids."""
        yield from self._pages("SELECT id FROM care.member WHERE initiative_id = :home", {"home": home.id})

    def panels_of(self, home: Home, ids: Sequence[MemberId]) -> Mapping[MemberId, str]:
        """Return the name of the panel of each of ``ids``."""
        asked = text(
            "SELECT m.id, p.name FROM care.member AS m JOIN org.panel AS p ON p.id = m.panel_id"
            " WHERE m.initiative_id = :home AND m.id = ANY(CAST(:ids AS uuid[]))"
        )
        with transaction(self._engine) as connection:
            rows = connection.execute(asked, {"home": home.id, "ids": list(ids)})
            return {MemberId(str(row.id)): str(row.name) for row in rows}

    def coordinators(self, home: Home) -> Mapping[str, int]:
        """Return how many coordinators share the work of a panel, by its name; those of nobody are left out."""
        with transaction(self._engine) as connection:
            rows = connection.execute(
                text("SELECT panel, coordinators FROM outreach.coordinators(:home)"), {"home": home.id}
            )
            return {str(row.panel): int(row.coordinators) for row in rows}

    def due(self, home: Home, since: str, upto: str, day: date) -> Iterator[list[MemberId]]:
        """Yield those of whom something changed between two snapshots, who were never judged, or whose day has come."""
        told = {"home": home.id, "since": since, "upto": upto, "day": day}
        yield from self._pages(_DUE, told)

    def standings(self, home: Home, ids: Sequence[MemberId], today: date, *, is_frozen: bool) -> list[Standing]:
        """Return charts and ledger rows of a page of people.

        A fact whose load did not say when it became known is known since its load, on a frozen day since the day its
        source's data speaks of (ruling 5). A death that only a feed reports lately does not end reasons yet.
        """
        told = {"ids": list(ids), "zone": home.zone, "frozen": is_frozen}
        with transaction(self._engine) as connection:
            people = connection.execute(PEOPLE, told).all()
            facts: dict[str, list[Fact]] = {}
            for fact in driver_of(connection).execute(FACTS, told).fetchall():
                facts.setdefault(fact[0], []).append(fact_of(fact))
            reasons = by_member(connection.execute(REASONS, told))
            said = by_member(connection.execute(SAID, told))
            noted = by_member(connection.execute(NOTED, told))
        return [
            Standing(
                Chart(person_of(row, today), tuple(facts.get(row.id, ()))),
                tuple(reason_of(reason) for reason in reasons.get(row.id, ())),
                row.next_on,
                (*map(response_of, said.get(row.id, ())), *map(medicine_of, noted.get(row.id, ()))),
            )
            for row in people
        ]

    def write(self, home: Home, changes: Iterable[Change], next_days: Mapping[MemberId, date]) -> None:
        """Write changed rows and the days by which people must be looked at again, in one transaction.

        A row goes to the panel its member is in; where the member is moved at that very moment, it is written again.
        """
        rows = [row_of(change.row) for change in changes]
        days = [{"member": member, "home": home.id, "day": day.isoformat()} for member, day in next_days.items()]
        for is_last in (*[False] * (_TRIES - 1), True):
            try:
                self._write(rows, days)
            except DBAPIError as error:
                if is_last or not isinstance(error, IntegrityError):
                    raise failure_of(error) from None
            else:
                return

    def _write(self, rows: list[dict[str, Any]], days: list[dict[str, Any]]) -> None:
        with self._engine.begin() as connection:
            if rows:
                connection.execute(WRITE, {"rows": json.dumps(rows)})
            if days:
                connection.execute(text(_KEEP_DAY), {"days": json.dumps(days)})

    def open_by_kind(self, home: Home, day: date) -> dict[str, int]:
        """Return how many rows are open on a day, by kind."""
        with transaction(self._engine) as connection:
            rows = connection.execute(text(_OPEN), {"home": home.id, "day": day}).all()
        return {row[0]: row[1] for row in rows}

    def _pages(self, sql: str, told: Mapping[str, Any]) -> Iterator[list[MemberId]]:
        paged = text(
            f"SELECT id::text FROM ({sql}) AS due WHERE id > CAST(:after AS uuid) ORDER BY id LIMIT {PEOPLE_A_PAGE}"
        )
        after = str(UUID(int=0))
        while True:
            with transaction(self._engine) as connection:
                page = [MemberId(row[0]) for row in connection.execute(paged, {**told, "after": after})]
            if not page:
                return
            yield page
            after = page[-1]


_DUE = """
SELECT m.id FROM care.member AS m
 WHERE m.initiative_id = CAST(:home AS uuid)
   AND (m.id IN (SELECT outreach.changed_members(CAST(:home AS uuid), :since, :upto))
        OR NOT EXISTS (SELECT FROM outreach.appraisal AS a WHERE a.member_id = m.id AND a.next_on > :day))
"""
_KEEP_COURSE = """
INSERT INTO outreach.course AS t (initiative_id, judged_for, rules, feed_epoch, seen)
VALUES (:home, :day, :rules, :epoch, :seen)
    ON CONFLICT (initiative_id) DO UPDATE SET judged_for = excluded.judged_for, rules = excluded.rules,
       feed_epoch = excluded.feed_epoch, seen = excluded.seen, judged_at = now()
"""
_KEEP_DAY = """
INSERT INTO outreach.appraisal AS t (member_id, initiative_id, next_on)
SELECT d.member, d.home, d.day
  FROM jsonb_to_recordset(CAST(:days AS jsonb)) AS d (member uuid, home uuid, day date)
    ON CONFLICT (member_id) DO UPDATE SET next_on = excluded.next_on WHERE t.next_on <> excluded.next_on
"""
_ANSWERS = """
SELECT rule, response, cause, count(*) FROM (
       SELECT DISTINCT ON (a.reason_id) r.rule, a.response, a.cause
         FROM activity.response AS a
         JOIN outreach.reason AS r ON r.id = a.reason_id
         JOIN care.member AS m ON m.id = r.member_id
        WHERE m.initiative_id = CAST(:home AS uuid)
          AND a.response NOT IN ('attempted', 'snoozed', 'raised', 'lowered')
          AND NOT EXISTS (SELECT FROM activity.retraction AS t WHERE t.target_id = a.id)
        ORDER BY a.reason_id, a.occurred_at DESC, a.id DESC) AS last
 GROUP BY rule, response, cause ORDER BY rule, response, cause
"""
_OPEN = """
SELECT r.kind, count(*) FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id
 WHERE m.initiative_id = CAST(:home AS uuid) AND r.opens_on <= :day AND (r.ends_on IS NULL OR r.ends_on > :day)
 GROUP BY r.kind ORDER BY r.kind
"""
