-- A vote as one row, one transaction each.
INSERT INTO ballot_vote (ballot_id, member_id, choices, cast_at, cast_by, told) VALUES ('{ballot}', gen_random_uuid(), 'yes', now(), NULL, false);
