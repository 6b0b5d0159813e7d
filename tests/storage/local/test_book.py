import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.local.book import Bookkeeping, chain, nothing_derived
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import activity, local
from tests.storage.local.conftest import DEVICE, NOON, PANEL, PERSON, killed_at


@pytest.fixture
def told() -> list[tuple[str, ...]]:
    return []


@pytest.fixture
def books(store: Store, told: list[tuple[str, ...]]) -> Bookkeeping:
    def note(connection: Connection, member_ids: object) -> None:
        assert connection.in_transaction()
        told.append(tuple(member_ids))  # type: ignore[call-overload]

    return Bookkeeping(store, lambda: NOON, note)


def test_one_act_is_its_rows_and_one_op(
    store: Store, books: Bookkeeping, add_member: Callable[..., str], told: list[tuple[str, ...]]
) -> None:
    member_id = add_member()
    with books.open_book() as book:
        contact_id = book.add("contact", {"member_id": member_id, "outcome": "reached", "note": "spoke\0 with her"})
        book.add("response", {"member_id": member_id, "reason_id": new_id(), "response": "answered"})
        book.send("call", member_id)
        saved = book.commit()
    with store.reading() as connection:
        row = connection.execute(select(activity.contact)).one()
        op = connection.execute(select(local.outbox)).one()
    assert (row.id, row.note, row.author_id, row.panel_id) == (contact_id, "spoke with her", PERSON, PANEL)
    assert (row.op_id, row.row_version, row.received_at) == (saved.op_id, 0, None)
    assert (op.op_id, op.device_seq, op.state, op.authored_at, op.device_id) == (
        saved.op_id,
        1,
        "waiting",
        NOON,
        DEVICE,
    )
    payload = json.loads(op.payload)
    assert payload["kind"] == "call"
    assert set(payload["rows"]) == {"contact", "response"}
    assert payload["rows"]["contact"][0]["occurred_at"] == NOON.isoformat()
    assert "panel_id" not in payload["rows"]["contact"][0]
    assert told == [(member_id,)]


def test_ops_are_numbered_without_a_hole_and_chained(
    store: Store, books: Bookkeeping, add_member: Callable[..., str]
) -> None:
    member_id = add_member()
    for save in (True, False, True, True):
        with books.open_book() as book:
            book.add("note", {"member_id": member_id, "text": "said"})
            book.send("note", member_id)
            if save:
                book.commit()
    with store.reading() as connection:
        ops = connection.execute(select(local.outbox).order_by(local.outbox.c.device_seq)).all()
        assert connection.execute(select(func.count()).select_from(activity.note)).scalar() == 3
    assert [op.device_seq for op in ops] == [1, 2, 3]
    previous = ""
    for op in ops:
        assert op.prev_hash == previous
        assert op.hash == chain(previous, op.op_id, op.device_seq, op.payload)
        previous = op.hash


def test_an_act_about_somebody_elses_patient_is_refused(books: Bookkeeping, store: Store) -> None:
    with books.open_book() as book, pytest.raises(Refusal, match="not in your panel"):
        book.add("note", {"member_id": new_id(), "text": "said"})
    with store.reading() as connection:
        assert connection.execute(select(activity.note)).all() == []


def test_a_save_killed_at_any_statement_is_whole_or_absent(
    store: Store, add_member: Callable[..., str], path: Path, key: bytes
) -> None:
    member_id = add_member()

    def save() -> None:
        books = Bookkeeping(Store(path, key), lambda: NOON, nothing_derived)
        with books.open_book() as book:
            book.add("contact", {"member_id": member_id, "outcome": "reached", "note": "first half"})
            book.add("response", {"member_id": member_id, "reason_id": new_id(), "response": "answered"})
            book.send("call", member_id)
            book.commit()

    nth, died = 0, True
    while died:
        nth += 1
        store.close()
        died = killed_at(nth, save)
        with store.reading() as connection:
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar()
                for table in (activity.contact, activity.response, local.outbox)
            ]
        assert counts == ([0, 0, 0] if died else [1, 1, 1])
    assert nth > 4
