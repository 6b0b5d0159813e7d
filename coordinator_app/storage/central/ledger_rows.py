"""How charts and ledger rows lie in the central database, and how they become words of the domain."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, text

from coordinator_app.domain.activity import MedicineHow, MedicineTold, Response, ResponseKind
from coordinator_app.domain.facts import Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import ActivityId, FactId, MemberId, ReasonId, StaffId
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.tables import outreach

_REPORTED = "death_reported"
_UNCONFIRMED_FOR = timedelta(30)


def by_member(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    """Sort rows out by the member they are about."""
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def person_of(row: Row[Any], today: date) -> Person:
    """Return a person; a death that only a feed reports, and only lately, is not yet believed."""
    died = row.deceased_on
    if row.held_cause == _REPORTED and died is not None and died > today - _UNCONFIRMED_FOR:
        died = None
    return Person(MemberId(row.id), row.birth_date, row.sex, died, row.zip_code, row.language_spoken, row.left_on)


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


def fact_of(row: tuple[Any, ...]) -> Fact:
    """Return a fact; its fields are given by place, for a panel has hundreds of thousands of them."""
    (_, own_id, kind, system, code, more, display, status, intent, negated, negation_reason, verification, category,
     starts_on, starts_at, ends_on, ends_at, precision, authored_on, encounter_id, reasons, number, words, unit,
     value_coding, class_code, priority, disposition, quantity, supply, refills, dose, per_day, clinician_id, place,
     amount, part, source, known, sensitivity) = row  # fmt: skip
    return Fact(
        own_id, _KINDS[kind], _coded(system, code, more), display, status, intent, negated, _coding(negation_reason),
        verification, category, starts_on, starts_at, ends_on, ends_at, precision, authored_on, encounter_id,
        _codings(reasons), number, words, unit, _coding(value_coding), class_code, priority, disposition, quantity,
        supply, refills, dose, per_day, clinician_id, place, amount, part, source, known, _LEVELS[sensitivity],
    )  # fmt: skip


_KINDS = {kind.value: kind for kind in FactKind}
_LEVELS = tuple(Sensitivity)


def reason_of(row: Row[Any]) -> Reason:
    """Return a row of the ledger."""
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


def response_of(row: Row[Any]) -> Response:
    """Return an answer to a reason, as far as the centre's rules read it."""
    return Response(
        id=ActivityId(row.id),
        member_id=MemberId(row.member_id),
        author_id=StaffId(row.author_id),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        sensitivity=Sensitivity(row.sensitivity),
        reason_id=ReasonId(row.reason_id),
        response=ResponseKind(row.response),
        cause=row.cause,
        until=row.until,
        evidence_on=row.evidence_on,
    )


def medicine_of(row: Row[Any]) -> MedicineTold:
    """Return what was told of a medicine, as far as the centre's rules read it."""
    return MedicineTold(
        id=ActivityId(row.id),
        member_id=MemberId(row.member_id),
        author_id=StaffId(row.author_id),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        sensitivity=Sensitivity(row.sensitivity),
        how=MedicineHow(row.how),
        name=row.name,
        rxcui=row.rxcui,
        dose=row.dose,
        days_supply=row.days_supply,
    )


def row_of(reason: Reason) -> dict[str, Any]:
    """Return a reason as it is written, in what JSON can hold."""
    evidence = [[one.fact_id, one.what, one.on.isoformat() if one.on else None, one.source] for one in reason.evidence]
    names = ("id", "member_id", "rule", "rule_version", "subject", "episode", "sentence", "opens_on", "due_on")
    more = ("ends_on", "end_cause", "severity", "evidence_on")
    plain = {name: getattr(reason, name) for name in (*names, *more)}
    return {
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()},
        "kind": reason.kind.value,
        "evidence": evidence,
        "arguments": dict(reason.arguments),
        "actions": list(reason.actions),
        "sensitivity": int(reason.sensitivity),
    }


_NAMES = [column.name for column in outreach.reason.columns if column.name not in {"panel_id", "row_version"}]
WRITE = text(
    f"""INSERT INTO outreach.reason ({", ".join(_NAMES)}, panel_id, row_version)
        SELECT {", ".join(f"r.{name}" for name in _NAMES)},
               (SELECT m.panel_id FROM care.member AS m WHERE m.id = r.member_id), 1
          FROM jsonb_populate_recordset(CAST(NULL AS outreach.reason), CAST(:rows AS jsonb)) AS r
            ON CONFLICT (id) DO UPDATE
           SET {", ".join(f"{name} = excluded.{name}" for name in _NAMES if name not in {"id", "member_id"})}"""
)
"""One statement a page, for each leaves its entries in the feed; a reason goes to the panel its member is in now."""

PEOPLE = text(
    """SELECT m.id::text, m.birth_date, m.sex, m.deceased_on, m.held_cause, m.left_on, m.zip_code,
              m.language_spoken, a.next_on
         FROM care.member AS m LEFT JOIN outreach.appraisal AS a ON a.member_id = m.id
        WHERE m.id = ANY (CAST(:ids AS uuid[])) ORDER BY m.id"""
)
# One look into the index a person: right after a first load the planner knows no better than to read the whole table.
FACTS = """
       SELECT f.member_id::text AS member_id, f.id::text, f.kind, f.system, f.code, f.codings::text, f.display,
              f.status, f.intent, f.negated, f.negation_reason::text, f.verification, f.category, f.starts_on,
              f.starts_at, f.ends_on, f.ends_at, f.precision, f.authored_on, f.encounter_id::text, f.reasons::text,
              f.value_number, f.value_text, f.value_unit, f.value_coding::text, f.class_code, f.priority,
              f.disposition, f.quantity, f.days_supply, f.refills, f.dose_text, f.per_day, f.clinician_id::text,
              f.place, f.amount, f.part, f.source, coalesce(f.known_at, (
                  SELECT CASE WHEN %(frozen)s::boolean
                              THEN b.data_as_of::timestamp AT TIME ZONE %(zone)s::text ELSE b.started_at END
                    FROM load.origin AS o JOIN load.batch AS b ON b.id = o.batch_id WHERE o.fact_id = f.id)) AS known,
              f.sensitivity
         FROM unnest(%(ids)s::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (SELECT * FROM care.fact WHERE member_id = wanted.id OFFSET 0) AS f
        ORDER BY f.member_id, f.id
"""
"""For the driver itself: a page of people has ten thousand of these rows."""
REASONS = text(
    """SELECT r.id::text, r.member_id::text AS member_id, r.kind, r.rule, r.rule_version, r.subject, r.episode,
              r.sentence, r.arguments, r.opens_on, r.due_on, r.ends_on, r.end_cause, r.severity, r.evidence,
              r.evidence_on, r.actions, r.sensitivity
         FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
        CROSS JOIN LATERAL (SELECT * FROM outreach.reason WHERE member_id = wanted.id OFFSET 0) AS r
        ORDER BY r.member_id, r.id"""
)
SAID = text(
    """SELECT a.id::text, a.member_id::text AS member_id, a.author_id::text, a.occurred_at, a.recorded_at,
              a.sensitivity, a.reason_id::text, a.response, a.cause, a.until, a.evidence_on
         FROM activity.response AS a
        WHERE a.member_id = ANY (CAST(:ids AS uuid[])) AND a.response IN ('has_it', 'paid_cash', 'samples', 'stopped')
          AND NOT EXISTS (SELECT FROM activity.retraction AS r WHERE r.target_id = a.id)
        ORDER BY a.member_id, a.occurred_at, a.id"""
)
"""What was told of medicines and not taken back; the rules read nothing else of what staff did."""
NOTED = text(
    """SELECT a.id::text, a.member_id::text AS member_id, a.author_id::text, a.occurred_at, a.recorded_at,
              a.sensitivity, a.how, a.name, a.rxcui, a.dose, a.days_supply
         FROM activity.medicine AS a
        WHERE a.member_id = ANY (CAST(:ids AS uuid[]))
          AND NOT EXISTS (SELECT FROM activity.retraction AS r WHERE r.target_id = a.id)
        ORDER BY a.member_id, a.occurred_at, a.id"""
)
"""The medicines staff were told of beside any reason."""
