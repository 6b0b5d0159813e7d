"""Populate: panels by the administrator, people by the loader, made block by block while the last one is merged."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import ceil
from random import Random
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from coordinator_app.central.demo_people import writing
from coordinator_app.central.demo_people.catalogue import Catalogue
from coordinator_app.central.demo_people.directory import Staffed, staffed
from coordinator_app.central.demo_people.living import Life
from coordinator_app.central.demo_people.person import tell_person
from coordinator_app.central.demo_people.sketch import drawn
from coordinator_app.central.demo_people.special import SPECIAL
from coordinator_app.central.demo_people.writing import SOURCE, Days, Pages
from coordinator_app.central.feeds.told import SourceIds
from coordinator_app.domain.ids import InitiativeId, PanelId, new_id
from coordinator_app.domain.organization import Initiative
from coordinator_app.domain.trouble import Refusal

FORMAT = "invented"
_PEOPLE_A_BLOCK = 240
_FIRST_PANEL = 300
_PANEL = 400
_SMALLEST_SPLIT = 40
_TOWNS = ("Springfield", "Holyoke", "Northampton", "Greenfield", "Chicopee", "Westfield")


class Batch(Protocol):
    """One load under way."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def initiative_id(self) -> str: ...  # noqa: D102

    @property
    def namespace(self) -> UUID: ...  # noqa: D102


B = TypeVar("B", bound=Batch)


class Store(Protocol[B]):
    """What populating needs of the loader's session."""

    def begin(  # noqa: D102
        self, initiative: str | None, source: str, file_format: str, as_of: date | None, known_at: datetime | None
    ) -> B: ...

    def last_counts(self, batch: B) -> Mapping[str, Any] | None: ...  # noqa: D102

    def copy(self, shape: str, columns: Sequence[str], rows: bytes) -> None: ...  # noqa: D102

    def merge(self, batch: B) -> Iterator[Any]: ...  # noqa: D102

    def freeze(self, batch: B, day: date) -> None: ...  # noqa: D102

    def finish(  # noqa: D102
        self, batch: B, counts: Mapping[str, Any], files: Sequence[str], flaws: Sequence[Any]
    ) -> None: ...

    def discard(self, batch: B) -> None: ...  # noqa: D102

    def close(self) -> None: ...  # noqa: D102


class Panel(Protocol):
    """A panel as the administrator lists it."""

    @property
    def id(self) -> PanelId: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def initiative_id(self) -> InitiativeId: ...  # noqa: D102


class Register(Protocol):
    """What populating needs of the administrator."""

    def initiatives(self) -> Sequence[Initiative]: ...  # noqa: D102

    def panels(self) -> Sequence[Panel]: ...  # noqa: D102

    def create_initiative(  # noqa: D102
        self, name: str, zone: str, calendar: str, opens: str, closes: str
    ) -> Initiative: ...

    def create_panel(self, initiative: InitiativeId, name: str) -> PanelId: ...  # noqa: D102


class FindInitiative(Protocol):
    """Finds the initiative that is meant."""

    def meant_by(self, wanted: str | None) -> Initiative: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PanelMade:
    """A panel with the numbers of the people it holds: first to last, both counted."""

    id: str
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PopulateReport:
    """What ``populate`` says at its end."""

    initiative: str
    people: int
    facts: int
    panels: tuple[PanelMade, ...]
    seconds: float

    def as_facts(self) -> Mapping[str, Any]:
        """Return the keys docs/cli.md names."""
        panels = [{"panel": one.id, "name": one.name, "members": one.last - one.first + 1} for one in self.panels]
        return {
            "initiative": self.initiative,
            "people": self.people,
            "facts": self.facts,
            "panels": panels,
            "seconds": round(self.seconds, 1),
        }

    def as_text(self) -> str:
        """Return lines for a person."""
        told = f"{self.people} invented people with {self.facts} facts live in {self.initiative}"
        panels = ", ".join(f"{one.name} ({one.last - one.first + 1})" for one in self.panels[:6])
        more = f" and {len(self.panels) - 6} more" if len(self.panels) > 6 else ""
        return f"{told} ({self.seconds:.1f} s).\nPanels: {panels}{more}."


class Populating(Generic[B]):
    """Makes and loads invented people; the same seed, number and day make the same people, and again writes nothing."""

    def __init__(
        self,
        register: Register,
        initiatives: FindInitiative,
        store: Store[B],
        catalogue: Callable[[], Catalogue],
        clock: Callable[[], datetime],
    ) -> None:
        self._register, self._initiatives, self._store = register, initiatives, store
        self._catalogue, self._clock = catalogue, clock

    def run(self, initiative: str | None, people: int, seed: int, as_of: date | None) -> PopulateReport:
        """Fill an initiative; an empty centre gets one called ``demo``."""
        began = monotonic()
        home = self._home(initiative)
        today = as_of or home.frozen_on or self._clock().astimezone(ZoneInfo(home.zone)).date()
        panels = self._panels(home, people)
        batch = self._store.begin(home.name, SOURCE, FORMAT, today, None)
        try:
            self._refuse_others(batch, seed, today)
            if as_of is not None:
                self._store.freeze(batch, as_of)
            facts = self._fill(batch, panels, people, seed, today)
            counts = {"people": people, "seed": seed, "as_of": today.isoformat(), "facts": facts}
            self._store.finish(batch, counts, [], [])
        except BaseException:
            self._store.discard(batch)
            raise
        finally:
            self._store.close()
        return PopulateReport(home.name, people, facts, panels, monotonic() - began)

    def _home(self, wanted: str | None) -> Initiative:
        if wanted is None and not self._register.initiatives():
            return self._register.create_initiative("demo", "America/New_York", "US-MA", "08:00", "17:00")
        return self._initiatives.meant_by(wanted)

    def _refuse_others(self, batch: B, seed: int, today: date) -> None:
        before = self._store.last_counts(batch)
        if before is not None and (before.get("seed"), before.get("as_of")) != (seed, today.isoformat()):
            raise Refusal(
                "already_populated",
                f"This initiative holds invented people of seed {before.get('seed')} and {before.get('as_of')}; "
                "others would take their places.",
            )

    def _panels(self, home: Initiative, people: int) -> tuple[PanelMade, ...]:
        known = {one.name: one.id for one in self._register.panels() if one.initiative_id == home.id}
        made = []
        for place, (first, last) in enumerate(shares(people)):
            name = f"{_TOWNS[place % len(_TOWNS)]} {place + 1}"
            made.append(PanelMade(known.get(name) or self._register.create_panel(home.id, name), name, first, last))
        return tuple(made)

    def _fill(self, batch: B, panels: Sequence[PanelMade], people: int, seed: int, today: date) -> int:
        catalogue = self._catalogue()
        ids = SourceIds(batch.namespace, SOURCE, batch.initiative_id)
        pages = Pages(ids, Days(today))
        directory = staffed(catalogue, ids, people, seed)
        lines = [writing.entry(seq, *told) for seq, told in enumerate(directory.entries)]
        entries = "".join(lines).encode()
        facts = 0
        teller = _Teller(pages, catalogue, directory, panels)
        waiting: list[Future[None]] = []
        with ThreadPoolExecutor(max_workers=1) as desk:
            for first, after in pairwise((*range(1, people + 1, _PEOPLE_A_BLOCK), people + 1)):
                for number in range(first, after):
                    teller.tell(number, seed)
                facts += len(pages.facts)
                waiting.append(desk.submit(self._keep, batch, entries, pages.take()))
                entries = b""
                if len(waiting) > 2:
                    waiting.pop(0).result()
            for last in waiting:
                last.result()
        return facts

    def _keep(self, batch: B, entries: bytes, rows: tuple[bytes, bytes, bytes]) -> None:
        shapes = (
            ("entry", writing.ENTRY_COLUMNS, entries),
            ("person", writing.PERSON_COLUMNS, rows[0]),
            ("side", writing.SIDE_COLUMNS, rows[1]),
            ("fact", writing.FACT_COLUMNS, rows[2]),
        )
        for shape, columns, lines in shapes:
            if lines:
                self._store.copy(shape, columns, lines)
        for _ in self._store.merge(batch):
            pass


def shares(people: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of each panel: a full one of 300 and the rest, or panels of about 400."""
    if people < _SMALLEST_SPLIT:
        yield 1, people
        return
    if people <= 2 * _FIRST_PANEL:
        first = min(_FIRST_PANEL, ceil(people * 3 / 4))
        yield 1, first
        yield first + 1, people
        return
    count = ceil(people / _PANEL)
    edges = [people * place // count for place in range(count + 1)]
    yield from ((low + 1, high) for low, high in pairwise(edges))


class _Teller:
    """Tells people one after the other, each drawn by a chance of its own, so that one does not move the next."""

    def __init__(self, pages: Pages, catalogue: Catalogue, directory: Staffed, panels: Sequence[PanelMade]) -> None:
        self._pages, self._catalogue, self._directory, self._panels = pages, catalogue, directory, panels

    def tell(self, number: int, seed: int) -> None:
        rng = Random(seed * 1_000_003 + number)  # noqa: S311
        made = SPECIAL.get(number)
        sketch = made(number) if made else drawn(number, self._catalogue, rng)
        panels = self._panels
        panel = panels[_panel_of(number, panels) if sketch.panel is None else min(sketch.panel, len(panels) - 1)]
        doctors = self._directory.for_children if sketch.age < 18 else self._directory.doctors
        clinician = doctors[int(rng.random() * len(doctors))].id
        self._pages.turn_to(number)
        tell_person(
            sketch, self._pages, self._catalogue, rng, member_id=new_id(), panel_id=panel.id, clinician=clinician
        )
        Life(sketch, self._pages, self._catalogue, rng, clinician).live()


def _panel_of(number: int, panels: Sequence[PanelMade]) -> int:
    return bisect_left(panels, number, key=lambda panel: panel.last)
