-- The first protocol a workstation speaks. Every later one is a schema of its own beside it (sync 4.13).

CREATE SCHEMA sync_v1;
CREATE INDEX ix_visit_visit_id ON activity.visit (visit_id);
CREATE INDEX ix_referral_referral_id ON activity.referral (referral_id);
CREATE INDEX ix_retraction_target_id ON activity.retraction (target_id);
-- One letter has one file, the first.
CREATE UNIQUE INDEX ix_letter_file_letter_id ON activity.letter_file (letter_id);
GRANT UPDATE ON sync.device, activity.slot TO @definer@;
