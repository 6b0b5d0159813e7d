"""The words of what needs a person: what happened, why, and what can be done."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.person import Member
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.set_aside import SetAsideItem
from coordinator_app.services.set_aside import Asked
from coordinator_app.ui.screens.needs_you.options import Options
from coordinator_app.ui.screens.needs_you.rows import Asking, ItemState, ListState
from coordinator_app.ui.screens.needs_you.values import SPOKEN, TOLD, Values
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.wording import Words

OPEN, SETTLED = "open", "settled"


def _told(item: SetAsideItem) -> dict[str, str]:
    return {"by": str(item.arguments.get("by") or "")}


def _spoken(item: SetAsideItem) -> str | None:
    """Return the words a person typed into an act, None where there is no place for any."""
    for table, rows in item.rows.items():
        column = SPOKEN.get(table)
        if column is not None and rows:
            return str(rows[0].get(column) or "")
    return None


class NeedsYouWording:
    """Says items."""

    def __init__(self, words: Words, people: PatientWords) -> None:
        self._words, self._people = words, people
        self._say = words.say
        self._values = Values(words, people)
        self._options = Options(words, self._values)

    def list_state(self, items: Mapping[str, tuple[Asked, ...]], tab: str, now: Moment) -> ListState:
        """Return the list side."""
        rows = tuple(self._row(each, now) for each in items[tab])
        tabs = tuple(Tab(each, self._say(f"tab.{each}"), str(len(items[each]))) for each in (OPEN, SETTLED))
        return ListState(tabs, tab, rows, "" if rows else self._say(f"empty.{tab}"))

    def item_state(self, asked: Asked, now: Moment, chosen: str = "", *, may_undo: bool = False) -> ItemState:
        """Return one item whole, with what was chosen of it so far."""
        item = asked.item
        is_open = item.closed_at is None
        choices = asked.choices if is_open else ()
        settle = f"settle.{chosen}" if chosen else "choose_first" if choices else "settle"
        return ItemState(
            key=item.id,
            who=self._identity(asked.member, now) if asked.member is not None else None,
            title=self._title(item),
            why=self._why(item),
            what_to_do=self._what_to_do(item, now) if is_open else self._was_settled(item, now),
            written=tuple(self._written(item, now)),
            options=self._options.of(asked, choices, now),
            chosen=chosen,
            changes=self._options.changes(asked, chosen) if chosen else (),
            asking=self._asking(item, chosen, now),
            settle=self._say(settle),
            is_open=is_open,
            may_undo=may_undo,
            has_patient=asked.member is not None,
            may_export=item.kind == "refused" and bool(item.rows),
        )

    def as_text(self, asked: Asked, now: Moment) -> str:
        """Return an item as plain lines, to be kept outside: what was written, and why it was not taken."""
        item = asked.item
        lines = [self._title(item), self._why(item)]
        lines += [f"{fact.label}: {fact.value}" for fact in self._written(item, now)]
        return "\n".join(lines) + "\n"

    def _asking(self, item: SetAsideItem, chosen: str, now: Moment) -> Asking | None:
        match chosen:
            case "refuse":
                return Asking(self._say("asking.refuse"))
            case "accept":
                return Asking(self._say("asking.accept"))
            case "again":
                spoken = _spoken(item)
                return None if spoken is None else Asking(self._say("asking.again"), spoken)
            case "note":
                told = [fact for fact in self._written(item, now) if fact.label != self._say("written_at")]
                return Asking(self._say("asking.note"), "\n".join(f"{fact.label}: {fact.value}" for fact in told))
        return None

    def _what_to_do(self, item: SetAsideItem, now: Moment) -> str:
        free = item.answer.get("free") or ()
        times = ", ".join(self._at(datetime.fromisoformat(str(each)), now) for each in free)
        return self._say("do.free_times", times=times) if free else self._of_kind(item, "do")

    def _was_settled(self, item: SetAsideItem, now: Moment) -> str:
        choice = str(item.settled.get("choice", "seen"))
        key = f"was.{choice}" if self._has(f"was.{choice}") else "was.seen"
        return self._say(key, at=self._at(item.closed_at, now) if item.closed_at is not None else "")

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
        if item.kind == "to_decide":
            return self._say("why.to_decide", author=str(item.arguments.get("author") or ""))
        if item.kind != "refused":
            return self._of_kind(item, "why")
        cause = str(item.arguments.get("cause", ""))
        known = self._has(f"cause.{cause}")
        said = self._say(f"cause.{cause}", **_told(item)) if known else self._say("cause.other", cause=cause)
        comment = str(item.arguments.get("comment") or "")
        return f"{said} {self._say('comment', comment=comment)}" if comment else said

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
            if table not in TOLD:
                continue
            for row in rows:
                label = self._say(f"act.{table}") if self._has(f"act.{table}") else table.replace("_", " ")
                if int(row.get("sensitivity") or 0) != Sensitivity.ORDINARY:
                    yield Fact(label, self._say("confidential"))
                    continue
                told = [self._value(table, column, row.get(column), now) for column in TOLD[table]]
                yield Fact(label, ", ".join(filter(None, told)))

    def _value(self, table: str, column: str, value: Any, now: Moment) -> str:
        return self._values.of(table, column, value, now)

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
        return self._values.at(at, now)

    def _has(self, key: str) -> bool:
        return self._words.catalogue.has(f"{self._words.screen}.{key}")
