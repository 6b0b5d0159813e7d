"""What needs a person's word, listed and settled without a window."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from coordinator_app.bootstrap import profiles
from coordinator_app.storage.local import outbox
from coordinator_app.storage.tables import local
from tests.console.conftest import PASSPHRASE, Coordinator

ROSA_CAUSE = {"cause": "invalid"}


def set_aside_the_last(folder: Path, member: str) -> None:
    """Have the last act set aside, as a round keeps the center's answer."""
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened, opened.store.saving() as connection:
        ops = select(local.outbox.c.op_id).order_by(local.outbox.c.device_seq.desc())
        op, now = connection.execute(ops).scalars().first(), datetime.now(UTC)
        assert op is not None
        outbox.settle(connection, op, state="quarantined", outcome="quarantined", result=ROSA_CAUSE, at=now)
        outbox.need_you(connection, "refused", "needs.refused", now, member_id=member, op_id=op, arguments=ROSA_CAUSE)
        connection.commit()


def test_a_refused_call_is_listed_corrected_and_sent_again(coordinator: Coordinator, profile_folder: Path) -> None:
    assert coordinator("needs").facts == {"items": []}
    member = coordinator("queue", "--limit", "1").facts["items"][0]["member_id"]
    coordinator("log-call", member, "--outcome", "no_answer", "--note", "rang tiwce")
    set_aside_the_last(profile_folder, member)
    [item] = coordinator("needs").facts["items"]
    assert (item["kind"], item["act"], item["cause"]) == ("refused", "call", "invalid")
    assert item["choices"] == ["seen", "again", "note"]
    assert coordinator("needs", as_json=False).out.startswith(item["id"])

    told = coordinator("settle", item["id"], "--choice", "again", "--words", "rang twice")
    assert told.facts == {"id": item["id"], "choice": "again"}
    assert coordinator("needs", as_json=False).out.strip() == "Nothing needs you."
    with closing(profiles.unlock(profile_folder, PASSPHRASE)) as opened, opened.store.reading() as connection:
        sent = connection.execute(select(local.outbox.c.payload).where(local.outbox.c.state == "waiting")).scalars()
        assert [("rang twice" in each, "tiwce" in each) for each in sent][-1] == (True, False)


def test_what_is_not_offered_and_what_is_not_there_is_refused_with_a_sentence(
    coordinator: Coordinator, profile_folder: Path
) -> None:
    member = coordinator("queue", "--limit", "1").facts["items"][0]["member_id"]
    coordinator("log-call", member, "--outcome", "no_answer")
    set_aside_the_last(profile_folder, member)
    [item] = coordinator("needs").facts["items"]
    refused = coordinator("settle", item["id"], "--choice", "accept")
    assert (refused.code, "not settled in this way" in refused.err) == (3, True)
    assert coordinator("settle", member, "--choice", "seen").code == 3
