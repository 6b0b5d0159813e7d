"""People of one panel who are easily taken for each other: same family name with a like given name or birth date."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.ids import MemberId

_LONG_ENOUGH = 4
_NO_MARK = str.maketrans("đłøı", "dloi")


@dataclass(frozen=True, slots=True)
class Named:
    """A person as confusion sees one."""

    member_id: MemberId
    family: str
    given: str
    birth_date: date


def look_alikes(people: Iterable[Named]) -> Mapping[MemberId, frozenset[MemberId]]:
    """Return for each person who has look-alikes who they are; the relation goes both ways.

    Like are: the same family name (accents, case and hyphens aside) and either the same birth date or given names that
    are the same, begin alike to the end of the shorter, or differ in one letter; also the same birth date with the same
    given name.
    """
    alike: dict[MemberId, set[MemberId]] = defaultdict(set)
    families: dict[str, dict[str, list[MemberId]]] = defaultdict(lambda: defaultdict(list))
    twins: dict[tuple[str, str, date], list[MemberId]] = defaultdict(list)
    for person in people:
        family, given = plain_name(person.family), plain_name(person.given)
        families[family][given].append(person.member_id)
        twins["family", family, person.birth_date].append(person.member_id)
        twins["given", given, person.birth_date].append(person.member_id)
    for group in twins.values():
        _join(alike, group, group)
    for by_given in families.values():
        for one, other in _like_pairs(by_given):
            _join(alike, by_given[one], by_given[other])
    return {member: frozenset(others) for member, others in alike.items()}


def are_like(one: str, other: str) -> bool:
    """Say whether two given names are easily taken for each other."""
    return _are_like(plain_name(one), plain_name(other))


def _are_like(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return short == long or f"{long} ".startswith(f"{short} ") or _prefix(short, long) or _one_letter(short, long)


def _like_pairs(names: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of like names, a name with itself too; only names that share a key are compared."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in set(_keys(name)):
            sharing[key].append(name)
    pairs = {(one, other) for some in sharing.values() for one in some for other in some if one <= other}
    return {(one, other) for one, other in pairs if _are_like(one, other)}


def _join(alike: dict[MemberId, set[MemberId]], some: Iterable[MemberId], others: Iterable[MemberId]) -> None:
    for one in some:
        for other in others:
            if one != other:
                alike[one].add(other)
                alike[other].add(one)


def plain_name(name: str) -> str:
    """Return a name in small letters without accents, with one space for anything that is no letter."""
    if name.isascii() and name.isalpha():
        return name.lower()
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_NO_MARK))
    return " ".join("".join(c if c.isalpha() else " " for c in apart if not unicodedata.combining(c)).split())


def _prefix(short: str, long: str) -> bool:
    return len(short) >= _LONG_ENOUGH and long.startswith(short)


def _one_letter(short: str, long: str) -> bool:
    """Say whether one letter was changed, added, or two neighbors changed places."""
    if len(short) < _LONG_ENOUGH or len(long) - len(short) > 1:
        return False
    start = next((n for n in range(len(short)) if short[n] != long[n]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]


def _keys(given: str) -> Iterator[str]:
    """Yield keys such that two like names share one: the name and its first letters, each with one letter left out."""
    yield given[:_LONG_ENOUGH]
    yield given.split(" ", maxsplit=1)[0]
    if len(given) >= _LONG_ENOUGH:
        for n in range(len(given)):
            yield "-" + given[:n] + given[n + 1 :]
    yield "-" + given
