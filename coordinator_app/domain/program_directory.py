"""The programs one can refer to, and where their letters go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.letter import Program, Recipient, Said
from coordinator_app.domain.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class ProgramListing:
    """A program of the directory with where its letters go; ``is_confirmed`` once somebody called the number."""

    program: Program
    recipient: Recipient
    family: str
    is_confirmed: bool


def program_from(record: Mapping[str, Any]) -> ProgramListing:
    """Return one program of the directory (resources/letters/programs.json, or a row of the bundle)."""
    where = record["recipient"]
    return ProgramListing(
        program=Program(
            id=record["id"],
            name=Said(**record["name"]),
            purpose=Said(**record["purpose"]),
            question=Said(**record["question"]),
            sensitivity=Sensitivity[record["sensitivity"].upper()],
        ),
        recipient=Recipient(
            name=where["name"],
            attention=where.get("attention", ""),
            address=tuple(where.get("address", ())),
            fax=where.get("fax", ""),
            phone=where.get("phone", ""),
        ),
        family=record["family"],
        is_confirmed=record["is_confirmed"],
    )
