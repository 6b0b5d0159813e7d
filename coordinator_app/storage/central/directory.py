"""Clinicians, practices and places of a load, and the drugs that orders refer to."""

from typing import Any

import psycopg


class Directory:
    """Writes the session's staged entries; the same is not written, so the reference bundle keeps its version."""

    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self._session = session

    def keep(self, initiative_id: str) -> list[tuple[int, str, int]]:
        """Keep every staged entry in one initiative and return (file, new or unchanged, how many) of them.

        A clinician gets a slot of her own to be booked.
        """
        told = {"initiative": initiative_id}
        seen = self._session.execute(_SEEN.encode(), told).fetchall()
        for statement in (_PRACTICES, _CLINICIANS, _RESOURCES, _LETTERHEADS, _MEDICATIONS):
            self._session.execute(statement.encode(), told)
        return seen


_LAST = """SELECT DISTINCT ON (id) id, kind, content AS c FROM pg_temp.staged_entry ORDER BY id, seq DESC"""

_PRACTICES = f"""
INSERT INTO org.practice AS t (id, initiative_id, name, address, city, state, zip_code, phone, fax, hours)
SELECT e.id, %(initiative)s, e.c ->> 'name', coalesce(e.c ->> 'address', ''), coalesce(e.c ->> 'city', ''),
       coalesce(e.c ->> 'state', ''), coalesce(e.c ->> 'zip_code', ''), coalesce(e.c ->> 'phone', ''),
       coalesce(e.c ->> 'fax', ''), coalesce(e.c ->> 'hours', '')
  FROM ({_LAST}) AS e WHERE e.kind NOT IN ('clinician', 'letterhead')
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address, city = excluded.city,
       state = excluded.state, zip_code = excluded.zip_code, phone = excluded.phone, fax = excluded.fax,
       hours = excluded.hours
 WHERE (t.name, t.address, t.city, t.state, t.zip_code, t.phone, t.fax, t.hours) IS DISTINCT FROM (excluded.name,
       excluded.address, excluded.city, excluded.state, excluded.zip_code, excluded.phone, excluded.fax, excluded.hours)
"""

_CLINICIANS = f"""
INSERT INTO org.clinician AS t (id, initiative_id, practice_id, npi, family, given, credentials, specialty, phone, fax,
                                is_pcp)
SELECT e.id, %(initiative)s, p.id, coalesce(e.c ->> 'npi', ''), coalesce(e.c ->> 'family', ''),
       coalesce(e.c ->> 'given', ''), coalesce(e.c ->> 'credentials', ''), coalesce(e.c ->> 'specialty', ''),
       coalesce(e.c ->> 'phone', ''), coalesce(e.c ->> 'fax', ''), coalesce((e.c ->> 'is_pcp')::boolean, false)
  FROM ({_LAST}) AS e LEFT JOIN org.practice AS p ON p.id = (e.c ->> 'practice_id')::uuid
 WHERE e.kind = 'clinician'
    ON CONFLICT (id) DO UPDATE SET practice_id = excluded.practice_id, npi = excluded.npi, family = excluded.family,
       given = excluded.given, credentials = excluded.credentials, specialty = excluded.specialty,
       phone = excluded.phone, fax = excluded.fax, is_pcp = excluded.is_pcp
 WHERE (t.practice_id, t.npi, t.family, t.given, t.credentials, t.specialty, t.phone, t.fax, t.is_pcp)
       IS DISTINCT FROM (excluded.practice_id, excluded.npi, excluded.family, excluded.given, excluded.credentials,
                         excluded.specialty, excluded.phone, excluded.fax, excluded.is_pcp)
"""

_RESOURCES = f"""
INSERT INTO org.resource (initiative_id, clinician_id, name)
SELECT %(initiative)s, e.id, e.c ->> 'name' FROM ({_LAST}) AS e WHERE e.kind = 'clinician'
    ON CONFLICT (clinician_id) DO NOTHING
"""

_LETTERHEADS = f"""
INSERT INTO org.reference AS t (initiative_id, kind, key, content)
SELECT %(initiative)s::uuid, 'letterhead', %(initiative)s::uuid::text, e.c
  FROM ({_LAST}) AS e WHERE e.kind = 'letterhead'
    ON CONFLICT (initiative_id, kind, key) DO UPDATE SET content = excluded.content
 WHERE t.content IS DISTINCT FROM excluded.content
"""

_MEDICATIONS = """
INSERT INTO load.medication AS t (initiative_id, id, system, code, display, codings)
SELECT DISTINCT ON (id) %(initiative)s::uuid, id, system, code, display, codings FROM pg_temp.staged_medication
 ORDER BY id, seq DESC
    ON CONFLICT (initiative_id, id) DO UPDATE SET system = excluded.system, code = excluded.code,
       display = excluded.display, codings = excluded.codings
 WHERE (t.system, t.code, t.display, t.codings)
       IS DISTINCT FROM (excluded.system, excluded.code, excluded.display, excluded.codings)
"""

_SEEN = """
SELECT file_no, CASE WHEN is_known THEN 'unchanged' ELSE 'new' END, count(*)
  FROM (SELECT e.file_no, EXISTS (SELECT FROM org.practice AS p WHERE p.id = e.id)
                       OR EXISTS (SELECT FROM org.clinician AS c WHERE c.id = e.id) AS is_known
          FROM pg_temp.staged_entry AS e
         UNION ALL
        SELECT m.file_no, EXISTS (SELECT FROM load.medication AS d
                                   WHERE d.initiative_id = %(initiative)s::uuid AND d.id = m.id)
          FROM pg_temp.staged_medication AS m) AS entries
 GROUP BY 1, 2
"""
