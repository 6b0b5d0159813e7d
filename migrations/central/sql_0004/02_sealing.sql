-- Audit rows are hashed in blocks after they were written: a chain built while writing would make writers wait for each
-- other (sync 4.10). A block holds every row of the transactions from `starts` up to, without, `ends`. Owned by the definer.

-- Times as seconds, so that no setting of a session changes the digest.
CREATE FUNCTION audit.digest_of(starts xid8, ends xid8, OUT events bigint, OUT first_at timestamptz,
                                OUT last_at timestamptz, OUT digest text)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*), min(e.at), max(e.at),
           encode(sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(
               e.id, extract(epoch FROM e.at)::text, e.txid::text, e.login, e.initiative_id, e.kind, e.table_name,
               e.row_key, e.member_id, e.panel_id, e.device_id, e.facts)::text, 'UTF8')), ''::bytea
               ORDER BY e.txid, e.at, e.id), ''::bytea)), 'hex')
      FROM audit.event AS e WHERE e.txid >= starts AND e.txid < ends
$$;

-- Seals what no transaction under way can add to any more, and returns how many rows that were.
CREATE FUNCTION audit.seal_events() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    latest audit.seal;
    made audit.seal;
    upto xid8 := pg_snapshot_xmin(pg_current_snapshot());
BEGIN
    SELECT * INTO latest FROM audit.seal ORDER BY number DESC LIMIT 1;
    made.number := coalesce(latest.number, 0) + 1;
    made.starts := coalesce(latest.ends, '0'::xid8);
    made.ends := upto;
    made.previous := coalesce(latest.head, '');
    IF upto < made.starts THEN
        -- A dump brought back into a younger cluster: new rows would fall behind the last seal.
        PERFORM sec.refuse('seal_ahead');
    END IF;
    SELECT d.events, d.first_at, d.last_at, d.digest INTO made.events, made.first_at, made.last_at, made.digest
      FROM audit.digest_of(made.starts, upto) AS d;
    IF made.events = 0 THEN
        RETURN 0;
    END IF;
    made.head := encode(sha256(convert_to(concat_ws('|', made.number, made.starts, made.ends, made.events, made.digest,
                                                   made.previous), 'UTF8')), 'hex');
    INSERT INTO audit.seal (number, starts, ends, events, first_at, last_at, digest, previous, head)
    VALUES (made.number, made.starts, made.ends, made.events, made.first_at, made.last_at, made.digest, made.previous,
            made.head)
    ON CONFLICT (number) DO NOTHING;
    -- Another sealer was quicker; its block holds the rows.
    RETURN CASE WHEN FOUND THEN made.events ELSE 0 END;
END $$;

-- Blocks that are not as they were sealed. The chain is read whole; rows only of blocks sealed since then.
CREATE FUNCTION audit.faulty_seals(since timestamptz) RETURNS TABLE (number bigint, fault text, sealed_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.number, judged.fault, s.sealed_at
      FROM (SELECT b.*, row_number() OVER w AS place, lag(b.head, 1, '') OVER w AS head_before,
                   lag(b.ends, 1, '0'::xid8) OVER w AS ends_before
              FROM audit.seal AS b WINDOW w AS (ORDER BY b.number)) AS s
     CROSS JOIN LATERAL (SELECT CASE
         WHEN s.number <> s.place OR s.previous <> s.head_before OR s.starts <> s.ends_before
              OR s.head <> encode(sha256(convert_to(concat_ws('|', s.number, s.starts, s.ends, s.events, s.digest,
                                                              s.previous), 'UTF8')), 'hex')
         THEN 'chain'
         WHEN (since IS NULL OR s.sealed_at >= since) AND EXISTS (
              SELECT FROM audit.digest_of(s.starts, s.ends) AS d
               WHERE d.digest <> s.digest OR d.events <> s.events)
         THEN 'events' END AS fault) AS judged
     WHERE judged.fault IS NOT NULL ORDER BY s.number
$$;

-- What is kept off this server, so that a chain rewritten as a whole is found too.
CREATE FUNCTION audit.list_seals(after bigint) RETURNS TABLE (number bigint, head text, events bigint, sealed_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.number, s.head, s.events, s.sealed_at FROM audit.seal AS s WHERE s.number > after ORDER BY s.number
$$;

CREATE FUNCTION audit.seal_state()
    RETURNS TABLE (blocks bigint, head text, sealed_at timestamptz, unsealed bigint, oldest_unsealed timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH latest AS (SELECT s.number, s.head, s.ends, s.sealed_at FROM audit.seal AS s ORDER BY s.number DESC LIMIT 1)
    SELECT coalesce((SELECT l.number FROM latest AS l), 0), coalesce((SELECT l.head FROM latest AS l), ''),
           (SELECT l.sealed_at FROM latest AS l), count(e.id), min(e.at)
      FROM audit.event AS e WHERE e.txid >= coalesce((SELECT l.ends FROM latest AS l), '0'::xid8)
$$;
