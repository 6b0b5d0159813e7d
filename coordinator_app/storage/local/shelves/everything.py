"""All shelves on one connection, and books that take acts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from coordinator_app.domain.activity import Act, LetterPrinted
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.storage.local import book as books
from coordinator_app.storage.local import profile, sending_again
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.shelves import drafts
from coordinator_app.storage.local.shelves.act_rows import row_of, table_of
from coordinator_app.storage.local.shelves.acts import ActShelf
from coordinator_app.storage.local.shelves.desk import DeskShelf, close_item, reopen_item
from coordinator_app.storage.local.shelves.drafts import DraftShelf
from coordinator_app.storage.local.shelves.facts import FactShelf
from coordinator_app.storage.local.shelves.people import PeopleShelf
from coordinator_app.storage.local.shelves.rank import RankShelf
from coordinator_app.storage.local.shelves.reasons import ReasonShelf
from coordinator_app.storage.local.shelves.reference import ReferenceShelf
from coordinator_app.storage.local.shelves.search import SearchShelf


class Shelves:
    """Everything readable on one connection, so what is read together is of one moment."""

    def __init__(self, connection: Connection) -> None:
        self.people = PeopleShelf(connection)
        self.facts = FactShelf(connection)
        self.reasons = ReasonShelf(connection)
        self.acts = ActShelf(connection)
        self.rank = RankShelf(connection)
        self.reference = ReferenceShelf(connection)
        self.drafts = DraftShelf(connection)
        self.search = SearchShelf(connection)
        self.desk = DeskShelf(connection)


class DeskBook:
    """A book that takes acts as they are and turns them into rows at its edge."""

    def __init__(self, inner: books.Book) -> None:
        self._inner = inner
        self.shelves = Shelves(inner.connection)

    def add(self, act: Act, beside: Mapping[str, Any] | None = None) -> None:
        """Write an act; ``beside`` fills columns the act does not carry. The panel is the member's own."""
        self._inner.add(table_of(act).name, {**row_of(act), **(beside or {})})

    def add_all(self, acts: Sequence[Act]) -> None:
        """Write acts of one kind by one statement."""
        if acts:
            self._inner.add_all(table_of(acts[0]).name, [row_of(act) for act in acts])

    def add_letter_file(self, letter: LetterPrinted, content: bytes) -> None:
        """Write the pages of a letter as a row of their own, as printed: the centre compares their hash."""
        self._inner.add(
            "letter_file",
            {
                "member_id": letter.member_id,
                "occurred_at": letter.occurred_at,
                "recorded_at": letter.recorded_at,
                "sensitivity": int(letter.sensitivity),
                "letter_id": letter.id,
                "content": content,
            },
        )

    def drop_draft(self, member_id: MemberId, kind: str) -> None:
        """Forget a draft that was signed."""
        drafts.drop(self._inner.connection, member_id, kind)

    def commit(self, kind: str, member_id: MemberId) -> None:
        """Put acts, outbox entry and rank on the disk together."""
        self._inner.send(kind, member_id)
        self._inner.commit()


class DeskStore:
    """Opens shelves and books on one store."""

    def __init__(self, store: Store, open_book: Callable[[], AbstractContextManager[books.Book]]) -> None:
        self._store, self._open_book = store, open_book

    @contextmanager
    def open_shelves(self) -> Iterator[Shelves]:
        """Give all shelves on one read connection."""
        with self._store.reading() as connection:
            yield Shelves(connection)

    @contextmanager
    def open_book(self) -> Iterator[DeskBook]:
        """Give a unit of work on the write lane."""
        with self._open_book() as inner:
            yield DeskBook(inner)

    def keep_draft(self, draft: Draft) -> None:
        """Put a draft on the disk."""
        with self._store.saving() as connection:
            drafts.put(connection, draft)
            connection.commit()

    def drop_draft(self, member_id: MemberId, kind: str) -> None:
        """Forget a draft."""
        with self._store.saving() as connection:
            drafts.drop(connection, member_id, kind)
            connection.commit()

    def learn(self, facts: Mapping[str, Any]) -> None:
        """Write facts of the profile."""
        with self._store.saving() as connection:
            profile.write(connection, facts)
            connection.commit()

    def close_item(self, item_id: str, at: datetime, how: Mapping[str, Any]) -> bool:
        """Put an item away that needed a person, with what was chosen; say whether it was open."""
        with self._store.saving() as connection:
            was_open = close_item(connection, item_id, at, how)
            connection.commit()
        return was_open

    def reopen_item(self, item_id: str) -> None:
        """Bring an item back that was put away."""
        with self._store.saving() as connection:
            reopen_item(connection, item_id)
            connection.commit()

    def send_again(self, op_id: str, rows: Mapping[str, Any], words: str | None) -> str:
        """Write an act that was not taken anew, with other words where given; return the op it goes out as."""
        with self._open_book() as book:
            member_id = sending_again.send_again(book, op_id, rows, words)
            book.send(sending_again.kind_of(book.connection, op_id), member_id)
            return book.commit().op_id
