-- Numbers to watch at @host@, each with the value at which somebody should look. None of them names a patient.
-- Run with a login that is a member of pg_monitor.

-- Connections: look at 240 of 300.
SELECT count(*) AS connections FROM pg_stat_activity WHERE datname = '@database@';

-- The longest open transaction in seconds: look at 600. It holds back the feed and the sealing.
SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::int AS longest_transaction
  FROM pg_stat_activity WHERE datname = '@database@' AND xact_start IS NOT NULL;

-- Write-ahead log that could not be archived: look at once it grows.
SELECT failed_count AS failed, extract(epoch FROM now() - last_archived_time)::int AS seconds_since_archived
  FROM pg_stat_archiver;

-- How far a standby lags in bytes: look at 100 MB.
SELECT application_name, sync_state, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint AS lag
  FROM pg_stat_replication;

-- Age of the oldest transaction number: look at 500 million.
SELECT age(datfrozenxid) AS transaction_age FROM pg_database WHERE datname = '@database@';

-- Deadlocks, temporary files, rolled back transactions, since the statistics were reset.
SELECT deadlocks, temp_files, xact_rollback FROM pg_stat_database WHERE datname = '@database@';

-- Partitions: the newest month of each table; look when it is not at least next month.
SELECT i.inhparent::regclass AS parent, max(right(c.relname, 7)) AS newest
  FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE c.relname ~ '_[0-9]{4}_[0-9]{2}$'
 GROUP BY 1 ORDER BY 1;
