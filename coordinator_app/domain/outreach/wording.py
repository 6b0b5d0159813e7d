"""Codes and arguments into sentences of one language; the catalogue ``reasons`` is handed in, never kept here."""

from collections.abc import Mapping
from datetime import date, time
from typing import Protocol

from coordinator_app.domain.outreach.priority import DueClock, Point

Arguments = Mapping[str, str | int | float]

_ASKED = frozenset({"due.call_today", "due.open"})
_NAMED = 3
_NEAR_DAYS = 6
_SAME_SEASON_DAYS = 300
_LITTLE_WORDS = frozenset(
    {"condition", "last_test", "drug", "takes", "topic", "vaccines", "other", "third", "lab", "problem"}
)


class Catalogue(Protocol):
    """The sentences of one language; ``count`` among the values chooses the plural form."""

    def say(self, key: str, **values: object) -> str:
        """Return the sentence of a key with its places filled."""
        ...

    def has(self, key: str) -> bool:
        """Say whether there is a sentence of that key."""
        ...


def sentence(
    words: Catalogue,
    code: str,
    arguments: Arguments,
    today: date,
    *,
    tries: int = 0,
    data_as_of: date | None = None,
) -> str:
    """Return why a person is on the list: event, day and gap within the first 45 characters.

    ``tries`` tells how often one tried to reach the person; ``data_as_of`` how far the records reach that have no
    trace of what is missing.
    """
    places: dict[str, object] = {name: value for name, value in arguments.items() if name not in _LITTLE_WORDS}
    for name, value in arguments.items():
        if name.endswith("_on") and value:
            places[name] = day_words(words, date.fromisoformat(str(value)), today)
        elif name.endswith("_date") and value:
            places[name] = date_words(words, date.fromisoformat(str(value)), today)
    condition = _named(words, "condition", arguments.get("condition"), arguments.get("condition_words"))
    places["condition"] = f", {condition}" if condition else ""
    places["drug"] = _named(words, "drug", arguments.get("rxcui"), arguments.get("drug"))
    for place in ("other", "third"):
        places[place] = _named(words, "drug", arguments.get(f"{place}_rxcui"), arguments.get(place))
    for place in ("lab", "problem"):
        places[place] = _named(words, place, arguments.get(place), "")
    places["last_test"] = _named(words, "test", arguments.get("last_test"), "")
    names = [_named(words, "vaccine", name, "") for name in str(arguments.get("vaccines", "")).split()]
    places["vaccines"] = ", ".join(name for name in names if name)
    places["program_name"] = _named(words, "program_name", arguments.get("program"), "")
    places["topic"] = _named(words, "topic", arguments.get("screening"), "")
    places["reach"] = words.say("reasons.reach", count=tries)
    places["as_of"] = words.say("reasons.as_of", day=date_words(words, data_as_of, today)) if data_as_of else ""
    places["takes"] = _takes(words, str(arguments.get("takes", "")))
    places["changes"] = _changes(words, arguments)
    if arguments.get("earlier_date") and words.has(f"reasons.{code}.trend"):
        code = f"{code}.trend"
    if _is_ahead(arguments, today) and words.has(f"reasons.{code}.ahead"):
        code = f"{code}.ahead"
    age, fresh = _age(arguments, today), int(arguments.get("fresh_days") or 0)
    if fresh and age > fresh and words.has(f"reasons.{code}.old"):
        code = f"{code}.old"
    text = words.say(f"reasons.{code}", **{name: value for name, value in places.items() if name.isidentifier()})
    if fresh and age > fresh:
        # Nobody may take old evidence for news: the words ask whether it was handled (practice 3).
        text += words.say("reasons.check_handled", count=age)
    return text[:1].upper() + text[1:]


def caveats(words: Catalogue, arguments: Arguments, today: date) -> tuple[str, ...]:
    """Return what is not known or not sure about a reason, each as a sentence."""
    found = []
    if arguments.get("late_on_arrival"):
        known = date.fromisoformat(str(arguments["known_on"]))
        found.append(words.say("reasons.caveat.late_on_arrival", day=day_words(words, known, today)))
    why = arguments.get("lace_why") or ("unknown_part" if arguments.get("lace_band") == "unknown" else "")
    if why:
        found.append(words.say(f"reasons.caveat.lace.{why}"))
    if arguments.get("supply_assumed"):
        found.append(words.say("reasons.caveat.supply_assumed", count=arguments.get("days_supply", 0)))
    if arguments.get("benefit") == "check":
        found.append(words.say("reasons.caveat.benefit"))
    until = str(arguments.get("target_until") or "")
    if until == "lost":
        found.append(words.say("reasons.caveat.target_lost", percent=arguments.get("target_percent", 80)))
    elif until and date.fromisoformat(until) >= today:
        day = date_words(words, date.fromisoformat(until), today)
        found.append(words.say("reasons.caveat.target_until", day=day, percent=arguments.get("target_percent", 80)))
    if arguments.get("visited_on"):
        seen = date.fromisoformat(str(arguments["visited_on"]))
        found.append(words.say("reasons.caveat.visited", day=day_words(words, seen, today)))
    if arguments.get("unconfirmed"):
        found.append(_unsure(words, str(arguments["unconfirmed"]), arguments))
    return tuple(found)


def _unsure(words: Catalogue, told: str, arguments: Arguments) -> str:
    """Return what nobody has confirmed: "High potassium from 6", or the kind of source that was not opened."""
    if "=" not in told:
        return words.say(f"reasons.caveat.unconfirmed.{told}")
    limits = []
    for one in told.split():
        key, _, value = one.partition("=")
        known = f"reasons.unsure.{key}" if value and words.has(f"reasons.unsure.{key}") else "reasons.unsure.other"
        limits.append(words.say(known, value=value))
    what = _named(words, "lab", arguments.get("lab"), "")
    for name in arguments:
        if not what and name.startswith("points.") and not name.startswith("points.medication_"):
            what = words.say(f"reasons.{name}", count=0)
    what = what[:1].upper() + what[1:] if what else words.say("reasons.unsure.rule")
    return words.say("reasons.caveat.unconfirmed", what=what, limits=", ".join(limits))


def point_words(words: Catalogue, point: Point) -> str:
    """Return what a named part of the points stands for."""
    return words.say(f"reasons.points.{point.name}", count=point.days)


def due_words(words: Catalogue, clock: DueClock, today: date, closes: time) -> str:
    """Return what stands beside the ring: "today 17:00", "Wed 25-Nov", "4-Dec", "2 days late", "call today"."""
    if clock.due_on is None or clock.words in _ASKED:
        return words.say(f"reasons.{clock.words}")
    if clock.words == "due.late":
        return words.say("reasons.due.late", count=clock.days)
    if clock.words == "due.today":
        return words.say("reasons.due.today", time=f"{closes:%H:%M}")
    day = date_words(words, clock.due_on, today)
    if clock.days <= _NEAR_DAYS:
        return words.say("reasons.due.near", weekday=_one_of(words, "weekdays_short", clock.due_on.weekday()), day=day)
    return day


def day_words(words: Catalogue, day: date, today: date) -> str:
    """Return a day as it is said in a sentence: today, yesterday, a weekday within six days, else its date."""
    days = (day - today).days
    if -1 <= days <= 1:
        return words.say({-1: "reasons.day.yesterday", 0: "reasons.day.today", 1: "reasons.day.tomorrow"}[days])
    if abs(days) <= _NEAR_DAYS:
        return words.say("reasons.day.weekday", weekday=_one_of(words, "weekdays", day.weekday()))
    return words.say("reasons.day.date", day=date_words(words, day, today))


def date_words(words: Catalogue, day: date, today: date) -> str:
    """Return a date with its month in letters; the year is left out where it cannot be mistaken."""
    if abs((day - today).days) <= _SAME_SEASON_DAYS:
        return f"{day.day}-{_one_of(words, 'months', day.month - 1)}"
    return full_date(words, day)


def full_date(words: Catalogue, day: date) -> str:
    """Return a date as staff write it: 14-Jul-1945."""
    return f"{day.day}-{_one_of(words, 'months', day.month - 1)}-{day.year:04d}"


def _changes(words: Catalogue, arguments: Arguments) -> str:
    """Return which medicines are new, stopped or in another strength, the first few of each by name."""
    told = []
    for how in ("started", "stopped", "dosed"):
        names = [_named(words, "drug", rxcui, "") for rxcui in str(arguments.get(how) or "").split()]
        if known := [name for name in names if name]:
            more = words.say("reasons.more", count=len(known) - _NAMED) if len(known) > _NAMED else ""
            told.append(words.say(f"reasons.changes.{how}", drugs=", ".join(known[:_NAMED]) + more))
    return "; ".join(told)


def _is_ahead(arguments: Arguments, today: date) -> bool:
    ends = str(arguments.get("run_out_on") or "")
    return bool(ends) and date.fromisoformat(ends) >= today


def _age(arguments: Arguments, today: date) -> int:
    measured = str(arguments.get("measured_date") or "")
    return (today - date.fromisoformat(measured)).days if measured else 0


def _takes(words: Catalogue, rxcuis: str) -> str:
    """Return "; takes lisinopril and spironolactone", or nothing."""
    names = [_named(words, "drug", rxcui, "") for rxcui in rxcuis.split()]
    names = [name for name in names if name]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else words.say("reasons.and", some=", ".join(names[:-1]), last=names[-1])
    return words.say("reasons.takes", drugs=listed)


def _named(words: Catalogue, group: str, name: object, otherwise: object) -> str:
    key = f"reasons.{group}.{name}"
    return words.say(key) if name and words.has(key) else str(otherwise or "")


def _one_of(words: Catalogue, key: str, number: int) -> str:
    return words.say(f"reasons.{key}").split()[number]
