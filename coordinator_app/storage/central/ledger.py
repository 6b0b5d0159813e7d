"""The evaluator's store: charts and ledger rows come out a page of people at a time, changed rows go in."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert

from coordinator_app.domain.evaluation import Change
from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import FactId, MemberId, ReasonId
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.engine import transaction
from coordinator_app.storage.tables import care, outreach

PEOPLE_A_PAGE = 250
_REPORTED = "death_reported"
_UNCONFIRMED_FOR = timedelta(30)


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
    """One person's chart with the ledger as it stands."""

    chart: Chart
    reasons: tuple[Reason, ...]
    next_on: date | None


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
            people = connection.execute(_PEOPLE, told).all()
            facts = _by_member(connection.execute(_FACTS, told))
            reasons = _by_member(connection.execute(_REASONS, told))
        return [
            Standing(
                Chart(_person(row, today), tuple(_fact(fact) for fact in facts.get(row.id, ()))),
                tuple(_reason(reason) for reason in reasons.get(row.id, ())),
                row.next_on,
            )
            for row in people
        ]

    def write(self, home: Home, changes: Iterable[Change], next_days: Mapping[MemberId, date]) -> None:
        """Write changed rows and the days by which people must be looked at again, in one transaction."""
        rows = [_row_of(change.row) for change in changes]
        days = [{"member": member, "home": home.id, "day": day} for member, day in next_days.items()]
        with transaction(self._engine) as connection:
            if rows:
                connection.execute(_WRITE, rows)
            if days:
                connection.execute(text(_KEEP_DAY), days)

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


def _by_member(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def _person(row: Row[Any], today: date) -> Person:
    died = row.deceased_on
    if row.held_cause == _REPORTED and died is not None and died > today - _UNCONFIRMED_FOR:
        died = None
    return Person(MemberId(row.id), row.birth_date, row.sex, died, row.zip_code, row.language_spoken)


@lru_cache(maxsize=50_000)
def _coded(system: str, code: str, more: str | None) -> tuple[Coding, ...]:
    """Return the codings of a fact; the same few thousand come again and again."""
    first = (Coding(system, code),) if code else ()
    return first + _codings(more)


@lru_cache(maxsize=50_000)
def _codings(written: str | None) -> tuple[Coding, ...]:
    return tuple(Coding(system, code) for system, code in json.loads(written)) if written else ()


@lru_cache(maxsize=50_000)
def _coding(written: str | None) -> Coding | None:
    pair = json.loads(written) if written else None
    return Coding(pair[0], pair[1]) if pair else None


def _fact(row: Row[Any]) -> Fact:
    """Return a fact; its fields are given by place, for a panel has hundreds of thousands of them."""
    (_, own_id, kind, system, code, more, display, status, intent, negated, negation_reason, verification, category,
     starts_on, starts_at, ends_on, ends_at, precision, authored_on, encounter_id, reasons, number, words, unit,
     value_coding, class_code, priority, disposition, quantity, supply, refills, dose, per_day, clinician_id, place,
     amount, part, source, known, sensitivity) = tuple[Any, ...](row)  # fmt: skip
    return Fact(
        own_id, _KINDS[kind], _coded(system, code, more), display, status, intent, negated, _coding(negation_reason),
        verification, category, starts_on, starts_at, ends_on, ends_at, precision, authored_on, encounter_id,
        _codings(reasons), number, words, unit, _coding(value_coding), class_code, priority, disposition, quantity,
        supply, refills, dose, per_day, clinician_id, place, amount, part, source, known, _LEVELS[sensitivity],
    )  # fmt: skip


_KINDS = {kind.value: kind for kind in FactKind}
_LEVELS = tuple(Sensitivity)


def _reason(row: Row[Any]) -> Reason:
    return Reason(
        id=ReasonId(row.id),
        member_id=MemberId(row.member_id),
        kind=ReasonKind(row.kind),
        rule=row.rule,
        rule_version=row.rule_version,
        subject=row.subject,
        episode=row.episode,
        sentence=row.sentence,
        opens_on=row.opens_on,
        due_on=row.due_on,
        ends_on=row.ends_on,
        end_cause=row.end_cause,
        severity=row.severity,
        evidence=tuple(
            Evidence(FactId(fact_id), what, date.fromisoformat(on) if on else None, source)
            for fact_id, what, on, source in row.evidence
        ),
        evidence_on=row.evidence_on,
        arguments=row.arguments,
        actions=tuple(row.actions),
        sensitivity=Sensitivity(row.sensitivity),
    )


def _row_of(reason: Reason) -> dict[str, Any]:
    evidence = [[one.fact_id, one.what, one.on.isoformat() if one.on else None, one.source] for one in reason.evidence]
    names = ("id", "member_id", "rule", "rule_version", "subject", "episode", "sentence", "opens_on", "due_on")
    more = ("ends_on", "end_cause", "severity", "evidence_on")
    return {
        **{name: getattr(reason, name) for name in (*names, *more)},
        "kind": reason.kind.value,
        "evidence": evidence,
        "arguments": dict(reason.arguments),
        "actions": list(reason.actions),
        "sensitivity": int(reason.sensitivity),
    }


def _write_statement() -> Any:
    """A reason belongs to the panel its member is in at this moment."""
    table = outreach.reason
    panel = select(care.member.c.panel_id).where(care.member.c.id == bindparam("member_id")).scalar_subquery()
    names = [column.name for column in table.columns if column.name not in {"panel_id", "row_version"}]
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    made = insert(table).values(**values, panel_id=panel, row_version=1)
    return made.on_conflict_do_update(
        index_elements=["id"], set_={name: made.excluded[name] for name in names if name not in {"id", "member_id"}}
    )


_WRITE = _write_statement()

_PEOPLE = text(
    """SELECT m.id::text, m.birth_date, m.sex, m.deceased_on, m.held_cause, m.zip_code, m.language_spoken, a.next_on
         FROM care.member AS m LEFT JOIN outreach.appraisal AS a ON a.member_id = m.id
        WHERE m.id = ANY (CAST(:ids AS uuid[])) ORDER BY m.id"""
)
_FACTS = text(
    """SELECT f.member_id::text AS member_id, f.id::text, f.kind, f.system, f.code, f.codings::text, f.display,
              f.status, f.intent, f.negated, f.negation_reason::text, f.verification, f.category, f.starts_on, f.starts_at,
              f.ends_on, f.ends_at, f.precision, f.authored_on, f.encounter_id::text, f.reasons::text, f.value_number,
              f.value_text, f.value_unit, f.value_coding::text, f.class_code, f.priority, f.disposition, f.quantity,
              f.days_supply, f.refills, f.dose_text, f.per_day, f.clinician_id::text, f.place, f.amount, f.part,
              f.source,
              coalesce(f.known_at, CASE WHEN CAST(:frozen AS boolean)
                                        THEN b.data_as_of::timestamp AT TIME ZONE CAST(:zone AS text)
                                        ELSE b.started_at END) AS known,
              f.sensitivity
         FROM care.fact AS f LEFT JOIN load.origin AS o ON f.known_at IS NULL AND o.fact_id = f.id
         LEFT JOIN load.batch AS b ON b.id = o.batch_id
        WHERE f.member_id = ANY (CAST(:ids AS uuid[])) ORDER BY f.member_id, f.id"""
)
_REASONS = text(
    """SELECT r.id::text, r.member_id::text, r.kind, r.rule, r.rule_version, r.subject, r.episode, r.sentence,
              r.arguments, r.opens_on, r.due_on, r.ends_on, r.end_cause, r.severity, r.evidence, r.evidence_on,
              r.actions, r.sensitivity
         FROM outreach.reason AS r WHERE r.member_id = ANY (CAST(:ids AS uuid[])) ORDER BY r.member_id, r.id"""
)
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
INSERT INTO outreach.appraisal AS t (member_id, initiative_id, next_on) VALUES (:member, :home, :day)
    ON CONFLICT (member_id) DO UPDATE SET next_on = excluded.next_on WHERE t.next_on <> excluded.next_on
"""
_OPEN = """
SELECT r.kind, count(*) FROM outreach.reason AS r JOIN care.member AS m ON m.id = r.member_id
 WHERE m.initiative_id = CAST(:home AS uuid) AND r.opens_on <= :day AND (r.ends_on IS NULL OR r.ends_on > :day)
 GROUP BY r.kind ORDER BY r.kind
"""
