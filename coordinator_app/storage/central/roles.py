"""Names of database roles: cluster-wide in PostgreSQL, so each carries its database's prefix."""

import hashlib
import re
from dataclasses import dataclass

_LONGEST_PREFIX = 24
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")

SERVICES = ("loader", "evaluator", "administrator")
"""Programs that connect for themselves; each is a login and a group ``cc_...`` of its own (ruling 1)."""

GROUPS = ("coordinator", "supervisor", "case_manager", "auditor")
"""What people are; each is a group ``cc_...``."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of all roles of one database."""

    prefix: str

    @classmethod
    def of(cls, database: str) -> "Roles":
        """Return the names for a database; one that would not fit unquoted gets a shortened, marked prefix."""
        if _PLAIN.fullmatch(database) and len(database) <= _LONGEST_PREFIX:
            return cls(database)
        mark = hashlib.sha256(database.encode()).hexdigest()[:8]
        plain = re.sub(r"[^a-z0-9_]", "_", database.lower())[: _LONGEST_PREFIX - 10]
        return cls(f"d{plain}_{mark}")

    @property
    def owner(self) -> str:
        """Owns the tables; nobody can log in as it, and under forced row security it reads nothing."""
        return f"{self.prefix}_owner"

    @property
    def migrator(self) -> str:
        """The login by which later migrations become the owner."""
        return f"{self.prefix}_migrator"

    @property
    def definer(self) -> str:
        """Owns the functions that may do more than their caller; nobody can log in as it."""
        return f"{self.prefix}_definer"

    @property
    def keeper(self) -> str:
        """Owns the three functions that make and close logins; nobody can log in as it."""
        return f"{self.prefix}_keeper"

    @property
    def person(self) -> str:
        """The group of everybody who is a person."""
        return f"{self.prefix}_cc_person"

    def group(self, kind: str) -> str:
        """Return the group role of a kind of person or service."""
        return f"{self.prefix}_cc_{kind}"

    def service(self, kind: str) -> str:
        """Return the login of a service."""
        return f"{self.prefix}_{kind}"

    def login(self, person: str) -> str:
        """Return the PostgreSQL role of a person; the role's own name is taken as it is."""
        return person if person.startswith(f"{self.prefix}_") else f"{self.prefix}_{person}"

    @property
    def logins(self) -> tuple[str, ...]:
        """The logins that the first migration makes and writes into the passfile."""
        return (self.migrator, *(self.service(kind) for kind in SERVICES))

    def fill(self, sql: str) -> str:
        """Put the names where ``@name@`` stands in a migration's text."""
        names = {
            "prefix": self.prefix,
            "owner": self.owner,
            "migrator": self.migrator,
            "definer": self.definer,
            "keeper": self.keeper,
            "person": self.person,
            **{kind: self.service(kind) for kind in SERVICES},
            **{f"cc_{kind}": self.group(kind) for kind in (*GROUPS, *SERVICES)},
        }
        return re.sub(r"@([a-z_]+)@", lambda place: names[place.group(1)], sql)
