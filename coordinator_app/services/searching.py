"""Finding a person by three or four letters or digits."""

import re
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.ids import MemberId
from coordinator_app.services.ports import OpenShelves

FEWEST = 2
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """One person of the panel; only what tells two of the same name apart."""

    member_id: MemberId
    name: str
    preferred: str
    birth_date: date
    sex: str
    member_number: str
    is_held: bool


class Searching:
    """The find box."""

    def __init__(self, open_shelves: OpenShelves) -> None:
        self._open_shelves = open_shelves

    def find(self, typed: str, limit: int = 20) -> tuple[Found, ...]:
        """Return the people whose name, number, birth date or phone begin with every word typed, by name.

        Accents do not matter. Under two characters nothing is found.
        """
        words = _WORD.findall(typed)
        if sum(map(len, words)) < FEWEST:
            return ()
        with self._open_shelves() as shelves:
            ids = shelves.search.find(words, limit=limit)
            members = shelves.people.members(ids)
        found = [members[each] for each in ids if each in members]
        return tuple(
            Found(
                each.id,
                each.name,
                each.preferred,
                each.birth_date,
                each.sex,
                each.member_number,
                bool(each.held_cause or each.deceased_on),
            )
            for each in sorted(found, key=lambda member: (member.family, member.given, member.id))
        )
