"""The words of what needs a person: what happened, why, and what can be done."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.person import Member
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.set_aside import SetAsideItem
from coordinator_app.services.set_aside import Asked
from coordinator_app.ui.screens.needs_you.rows import ItemState, ListState
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.wording import Words

OPEN, SETTLED = "open", "settled"
_IN_WORDS: Final = {
    ("contact", "outcome"): "acts.outcome",
    ("teaching", "result"): "acts.result",
    ("visit", "state"): "acts.visit_state",
    ("visit", "visit_type"): "acts.visit_type",
    ("response", "response"): "review.response",
    ("follow_up", "what"): "acts.step",
}
"""Columns whose values have words of their own."""

_TOLD: Final = {
    "contact": ("outcome", "note"),
    "teaching": ("topic", "result"),
    "visit": ("visit_type", "state", "starts_at", "place", "note"),
    "letter": ("program", "recipient"),
    "note": ("text",),
    "review": ("result", "comment"),
    "retraction": ("target_kind", "cause"),
    "follow_up": ("what", "due_at"),
    "response": ("response",),
    "referral": ("program", "state"),
}
"""What is said of each kind of row, in its order; ids and bookkeeping are not."""


class NeedsYouWording:
    """Says items."""

    def __init__(self, words: Words, people: PatientWords) -> None:
        self._words, self._people = words, people
        self._say = words.say

    def list_state(self, items: Mapping[str, tuple[Asked, ...]], tab: str, now: Moment) -> ListState:
        """Return the list side."""
        rows = tuple(self._row(each, now) for each in items[tab])
        tabs = tuple(Tab(each, self._say(f"tab.{each}"), str(len(items[each]))) for each in (OPEN, SETTLED))
        return ListState(tabs, tab, rows, "" if rows else self._say(f"empty.{tab}"))

    def item_state(self, asked: Asked, now: Moment) -> ItemState:
        """Return one item whole."""
        item = asked.item
        return ItemState(
            key=item.id,
            who=self._identity(asked.member, now) if asked.member is not None else None,
            title=self._title(item),
            why=self._why(item),
            what_to_do=self._of_kind(item, "do"),
            written=tuple(self._written(item, now)),
            differing=tuple(self._differing(asked, now)),
            is_open=item.closed_at is None,
            has_patient=asked.member is not None,
        )

    def _row(self, asked: Asked, now: Moment) -> PairRow:
        item = asked.item
        title = asked.member.name if asked.member is not None else self._say("no_person")
        second = self._title(item)
        aside = self._say(f"kind.{item.kind}") if self._has(f"kind.{item.kind}") else item.kind.replace("_", " ")
        tone = Tone.HIGH if item.closed_at is None else Tone.SECOND
        sentence = f"{title}. {aside}. {second} {self._at(item.opened_at, now)}"
        return PairRow(item.id, title, second, sentence, aside=aside, aside_tone=tone)

    def _title(self, item: SetAsideItem) -> str:
        act = self._say(f"act.{item.act}") if self._has(f"act.{item.act}") else self._say("act.other")
        return self._of_kind(item, "title", act=act)

    def _why(self, item: SetAsideItem) -> str:
        if item.kind != "refused":
            return self._of_kind(item, "why")
        cause = str(item.arguments.get("cause", ""))
        return self._say(f"cause.{cause}") if self._has(f"cause.{cause}") else self._say("cause.other", cause=cause)

    def _of_kind(self, item: SetAsideItem, part: str, **values: object) -> str:
        # The sentence is named "needs.conflict.slot_taken": where it has words of its own, they are said.
        special = f"{part}.{item.sentence.removeprefix('needs.')}"
        usual = f"{part}.{item.kind}"
        key = special if self._has(special) else usual if self._has(usual) else f"{part}.other"
        return self._say(key, **values)

    def _written(self, item: SetAsideItem, now: Moment) -> Iterator[Fact]:
        if item.written_at is not None:
            yield Fact(self._say("written_at"), self._at(item.written_at, now))
        for table, rows in item.rows.items():
            for row in rows:
                if table not in _TOLD:
                    continue
                label = self._say(f"act.{table}") if self._has(f"act.{table}") else table.replace("_", " ")
                if int(row.get("sensitivity") or 0) != Sensitivity.ORDINARY:
                    yield Fact(label, self._say("confidential"))
                    continue
                told = [self._value(table, column, row.get(column), now) for column in _TOLD[table]]
                yield Fact(label, ", ".join(filter(None, told)))

    def _differing(self, asked: Asked, now: Moment) -> Iterator[Fact]:
        item = asked.item
        table = str(item.answer.get("table", "visit"))
        ours, theirs = item.answer.get("ours") or {}, item.answer.get("theirs") or {}
        for column in item.answer.get("fields") or ():
            mine, other = (
                asked.names.get(str(side.get(column)))
                or self._value(table, column, side.get(column), now)
                or self._say("nothing")
                for side in (ours, theirs)
            )
            label = self._say(f"field.{column}") if self._has(f"field.{column}") else str(column).replace("_", " ")
            yield Fact(label, self._say("yours", value=mine), self._say("in_force", value=other))

    def _value(self, table: str, column: str, value: Any, now: Moment) -> str:
        if value is None or value == "":
            return ""
        if column.endswith("_at"):
            return self._at(datetime.fromisoformat(str(value)), now)
        group = _IN_WORDS.get((table, column))
        if group is not None and self._words.catalogue.has(f"{group}.{value}"):
            return self._words.catalogue.say(f"{group}.{value}")
        return str(value).replace("_", " ") if column not in {"note", "text", "comment"} else str(value)

    def _identity(self, member: Member, now: Moment) -> Identity:
        people = self._people
        return Identity(
            name=member.name,
            born=people.born(member.birth_date, now.today),
            sex=people.sex(member.sex),
            number=people.words.say("id", number=member.member_number),
            preferred=people.preferred(member.preferred),
            speaks=people.speaks(member.language_spoken),
        )

    def _at(self, at: datetime, now: Moment) -> str:
        return self._people.instant(at, now)

    def _has(self, key: str) -> bool:
        return self._words.catalogue.has(f"{self._words.screen}.{key}")
