-- When a fact became known, where the load did not say: the batch that brought or last changed it (ruling 5).
CREATE TABLE load.origin (
    fact_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    CONSTRAINT pk_origin PRIMARY KEY (fact_id),
    CONSTRAINT fk_origin_batch FOREIGN KEY (batch_id) REFERENCES load.batch (id)
);

-- Drugs that orders name by reference.
CREATE TABLE load.medication (
    id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    system text DEFAULT '' NOT NULL,
    code text DEFAULT '' NOT NULL,
    display text DEFAULT '' NOT NULL,
    codings jsonb,
    CONSTRAINT pk_medication PRIMARY KEY (initiative_id, id)
);

-- A site's own value sets: the only way SNOMED CT and CPT come in (ruling 11).
CREATE TABLE load.value_set (
    initiative_id uuid NOT NULL,
    source text NOT NULL,
    oid text NOT NULL,
    name text DEFAULT '' NOT NULL,
    version text DEFAULT '' NOT NULL,
    complete boolean DEFAULT true NOT NULL,
    codes jsonb NOT NULL,
    CONSTRAINT pk_value_set PRIMARY KEY (initiative_id, source, oid)
);

-- How far the evaluator came in the change feed of an initiative, for which day and by which rules.
CREATE TABLE outreach.course (
    initiative_id uuid NOT NULL,
    judged_for date NOT NULL,
    rules text NOT NULL,
    feed_epoch integer NOT NULL,
    seen text NOT NULL,
    judged_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pk_course PRIMARY KEY (initiative_id),
    CONSTRAINT fk_course_initiative FOREIGN KEY (initiative_id) REFERENCES org.initiative (id)
);

-- The day by which a person must be looked at again though nothing was loaded.
CREATE TABLE outreach.appraisal (
    member_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    next_on date NOT NULL,
    CONSTRAINT pk_appraisal PRIMARY KEY (member_id)
);
CREATE INDEX ix_appraisal_initiative_id_next_on ON outreach.appraisal (initiative_id, next_on);

SELECT sec.protect_tenant_table(name::regclass)
  FROM unnest(ARRAY['load.origin', 'load.medication', 'load.value_set', 'outreach.course', 'outreach.appraisal']) AS name;

GRANT SELECT, INSERT, UPDATE ON load.origin, load.medication, load.value_set TO @cc_loader@;
GRANT SELECT ON load.origin, load.value_set, load.batch TO @cc_evaluator@;
GRANT SELECT, INSERT, UPDATE ON outreach.course, outreach.appraisal TO @cc_evaluator@;
