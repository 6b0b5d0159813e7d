"""The statements that merge staged rows: written from the tables' own definitions, so that no column is forgotten."""

from collections.abc import Iterable

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import TextClause

from coordinator_app.storage.tables import care

SIDES = (
    care.contact_point,
    care.contact_profile,
    care.related_person,
    care.permission,
    care.coverage,
    care.attribution,
)
"""What stands beside a person, in an order in which parents come first."""

_KEYS = {"id", "member_id", "panel_id", "row_version"}
_OF_MEMBER = {"id", "panel_id", "initiative_id", "person_key", "source", "known_at", "row_version"}
_OF_LOAD = {"source", "known_at"}

STAGED = """
CREATE TEMP TABLE staged_person (seq bigint, file_no int, line_no bigint, source_id text, member_id uuid,
    person_key uuid, content jsonb);
CREATE TEMP TABLE staged_side (seq bigint, file_no int, line_no bigint, patient text, target text, id uuid,
    content jsonb);
CREATE TEMP TABLE staged_entry (seq bigint, file_no int, line_no bigint, kind text, id uuid, content jsonb);
CREATE TEMP TABLE staged_medication (seq bigint, file_no int, line_no bigint, id uuid, system text, code text,
    display text, codings jsonb);
CREATE TEMP TABLE staged_fact (seq bigint, file_no int, line_no bigint, patient text, via_id uuid, reason_ids uuid[],
    medication_id uuid, place_id uuid, known_at timestamptz, {facts});
"""
"""Tables of the loader's own session: COPY does not write under row security, and nobody else sees them."""

SHAPES = ("person", "side", "entry", "medication", "fact")


def staged_tables() -> str:
    """Return the statement that makes the session's tables."""
    facts = ", ".join(f"{name} {_type(care.fact.c[name])}" for name in ("id", *_names(care.fact, _KEYS | _OF_LOAD)))
    return STAGED.format(facts=facts)


IDENTIFY = """
INSERT INTO load.identity (initiative_id, source, source_id, member_id)
SELECT DISTINCT ON (source_id) %(initiative)s::uuid, %(source)s, source_id, member_id
  FROM staged_person WHERE seq > %(after)s AND seq <= %(upto)s ORDER BY source_id, seq
    ON CONFLICT (initiative_id, source, source_id) WHERE upper_inf(valid) DO NOTHING
"""


def merge_people() -> str:
    """Return the statement that writes people; a feed changes neither panel nor a hold somebody else has set."""
    names = _names(care.member, _OF_MEMBER)
    table = care.member
    given = ", ".join(_given(table.c[name]) for name in names)
    held = {"held_cause", "held_source", "held_on"}
    kept = "t.held_source NOT IN ('', excluded.source)"
    sets = ", ".join(
        f"{name} = CASE WHEN {kept} THEN t.{name} ELSE excluded.{name} END"
        if name in held
        else f"{name} = excluded.{name}"
        for name in names
    )
    plain = [name for name in names if name not in held]
    differs = f"{_differs(plain)} OR (NOT ({kept}) AND {_differs(sorted(held))})"
    return f"""
WITH whole AS (SELECT * FROM staged_person WHERE seq > %(after)s AND seq <= %(upto)s),
chunk AS (
    SELECT DISTINCT ON (source_id) w.*, (
           SELECT i.member_id FROM load.identity AS i
            WHERE i.initiative_id = %(initiative)s::uuid AND i.source = %(source)s AND i.source_id = w.source_id
              AND upper_inf(i.valid)) AS own_id
      FROM whole AS w ORDER BY source_id, seq DESC),
written AS (
    INSERT INTO care.member AS t (id, panel_id, initiative_id, person_key, source, known_at, {", ".join(names)})
    SELECT c.own_id, coalesce((c.content ->> 'panel_id')::uuid, %(unassigned)s::uuid), %(initiative)s::uuid,
           c.person_key, %(source)s, %(known_at)s::timestamptz, {given}
      FROM chunk AS c CROSS JOIN LATERAL jsonb_populate_record(NULL::care.member, c.content) AS r
        ON CONFLICT (id) DO UPDATE SET {sets}
     WHERE {differs}
 RETURNING t.id, t.xmax = 0 AS is_new)
SELECT w.file_no, {_verdict("x")}, count(*), NULL::bigint[]
  FROM whole AS w LEFT JOIN chunk AS c ON c.seq = w.seq LEFT JOIN written AS x ON x.id = c.own_id
 GROUP BY 1, 2
"""


TARGETS = "SELECT DISTINCT target FROM staged_side WHERE seq > %(after)s AND seq <= %(upto)s"


def merge_side(table: Table) -> str:
    """Return the statement that writes rows of one table beside a person; what a nurse entered is left alone."""
    names = _names(table, _KEYS)
    given = ", ".join(_given(table.c[name]) for name in names)
    guard = " AND NOT t.nurse_entered" if "nurse_entered" in names else ""
    return f"""
WITH found AS (
    SELECT DISTINCT ON (s.id) s.id, s.content, (
           SELECT i.member_id FROM load.identity AS i
            WHERE i.initiative_id = %(initiative)s::uuid AND i.source = %(source)s AND i.source_id = s.patient
              AND upper_inf(i.valid)) AS member_id
      FROM staged_side AS s
     WHERE s.seq > %(after)s AND s.seq <= %(upto)s AND s.target = '{table.name}' ORDER BY s.id, s.seq DESC),
chunk AS (
    SELECT f.*, (SELECT m.panel_id FROM care.member AS m WHERE m.id = f.member_id) AS panel_id FROM found AS f)
INSERT INTO {table.fullname} AS t (id, member_id, panel_id, {", ".join(names)})
SELECT c.id, c.member_id, c.panel_id, {given}
  FROM chunk AS c CROSS JOIN LATERAL jsonb_populate_record(NULL::{table.fullname}, c.content) AS r
 WHERE c.panel_id IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET {_sets(names)} WHERE {_differs(names)}{guard}
"""


def merge_facts() -> str:
    """Return the statement that writes facts and says of each record: new, changed, unchanged, or nobody's."""
    names = _names(care.fact, _KEYS | _OF_LOAD)
    resolved = {
        "system": "coalesce(nullif(c.system, ''), d.system, '')",
        "code": "coalesce(nullif(c.code, ''), d.code, '')",
        "display": "coalesce(nullif(c.display, ''), d.display, '')",
        "codings": "coalesce(c.codings, d.codings)",
        "place": "coalesce(nullif(c.place, ''), (SELECT p.name FROM org.practice AS p WHERE p.id = c.place_id), '')",
        "reasons": "CASE WHEN c.reason_ids IS NULL THEN c.reasons ELSE (" + _REASONS + ") END",
    }
    given = ", ".join(resolved.get(name) or _given(care.fact.c[name], "c") for name in names)
    return f"""
WITH whole AS (SELECT * FROM staged_fact WHERE seq > %(after)s AND seq <= %(upto)s),
found AS (
    SELECT DISTINCT ON (w.id) w.*, CASE WHEN w.patient IS NULL
           THEN (SELECT f.member_id FROM care.fact AS f WHERE f.id = w.via_id)
           ELSE (SELECT i.member_id FROM load.identity AS i
                  WHERE i.initiative_id = %(initiative)s::uuid AND i.source = %(source)s AND i.source_id = w.patient
                    AND upper_inf(i.valid)) END AS member_id
      FROM whole AS w ORDER BY w.id, w.seq DESC),
chunk AS (
    SELECT f.*, (SELECT m.panel_id FROM care.member AS m WHERE m.id = f.member_id) AS panel_id FROM found AS f),
written AS (
    INSERT INTO care.fact AS t (id, member_id, panel_id, source, known_at, {", ".join(names)})
    SELECT c.id, c.member_id, c.panel_id, %(source)s, coalesce(c.known_at, %(known_at)s::timestamptz), {given}
      FROM chunk AS c
      LEFT JOIN load.medication AS d ON d.initiative_id = %(initiative)s::uuid AND d.id = c.medication_id
     WHERE c.panel_id IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET {_sets(["member_id", "panel_id", "known_at", *names])}
     WHERE {_differs(["member_id", *names])}
 RETURNING t.id, t.known_at, t.xmax = 0 AS is_new),
remembered AS (
    INSERT INTO load.origin (fact_id, initiative_id, batch_id)
    SELECT id, %(initiative)s::uuid, %(batch)s::uuid FROM written WHERE known_at IS NULL
        ON CONFLICT (fact_id) DO UPDATE SET batch_id = excluded.batch_id)
SELECT w.file_no, CASE WHEN c.seq IS NOT NULL AND c.panel_id IS NULL THEN 'unknown_member' ELSE {_verdict("x")} END,
       count(*) FILTER (WHERE coalesce(w.part, 0) <= 1),
       array_agg(DISTINCT w.line_no) FILTER (WHERE c.seq IS NOT NULL AND c.panel_id IS NULL)
  FROM whole AS w LEFT JOIN chunk AS c ON c.seq = w.seq LEFT JOIN written AS x ON x.id = c.id
 GROUP BY 1, 2
"""


_REASONS = """
    SELECT nullif(coalesce(c.reasons, '[]'::jsonb) || coalesce(jsonb_agg(jsonb_build_array(f.system, f.code)
                  ORDER BY n.place), '[]'::jsonb), '[]'::jsonb)
      FROM unnest(c.reason_ids) WITH ORDINALITY AS n (id, place)
      JOIN care.fact AS f ON f.id = n.id AND f.code <> ''"""


def _names(table: Table, without: set[str]) -> list[str]:
    return [column.name for column in table.columns if column.name not in without]


def _given(column: Column[object], row: str = "r") -> str:
    """Return a cell; where the table allows no null, its own default stands in."""
    default = column.server_default
    if column.nullable or default is None:
        return f"{row}.{column.name}"
    words = getattr(default, "arg", "")
    return f"coalesce({row}.{column.name}, {words.text if isinstance(words, TextClause) else words})"


def _sets(names: Iterable[str]) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in names)


def _differs(names: Iterable[str]) -> str:
    listed = list(names)
    mine, theirs = ", ".join(f"t.{name}" for name in listed), ", ".join(f"excluded.{name}" for name in listed)
    return f"({mine}) IS DISTINCT FROM ({theirs})"


def _verdict(written: str) -> str:
    return f"CASE WHEN {written}.id IS NULL THEN 'unchanged' WHEN {written}.is_new THEN 'new' ELSE 'changed' END"


def _type(column: Column[object]) -> str:
    return column.type.compile(postgresql.dialect())  # type: ignore[no-untyped-call]
