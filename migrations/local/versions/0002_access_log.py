"""The log of what was looked at, a chain of its own beside the acts."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE access_log (
        device_id TEXT NOT NULL,
        seq BIGINT NOT NULL,
        payload TEXT NOT NULL,
        prev_hash TEXT DEFAULT '' NOT NULL,
        hash TEXT DEFAULT '' NOT NULL,
        sent_at BIGINT,
        CONSTRAINT pk_access_log PRIMARY KEY (device_id, seq)
    )
    """,
    "CREATE INDEX ix_access_log_sent_at ON access_log (sent_at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(" ".join(statement.split()))


def downgrade() -> None:
    raise NotImplementedError("a store is never taken back: the safety copy is")
