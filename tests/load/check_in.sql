-- What one arrival costs in SQL: one row, one transaction.
SELECT nextval('next_number') AS number, gen_random_uuid() AS id \gset
INSERT INTO attendance (id, activity_id, member_id, unit_id, registration_id, state, expected_companions, companions, walk_in, method, arrived_at, desk, recorded_at, recorded_by) SELECT :id::uuid, activity_id, member_id, unit_id, id, 'present', 0, 0, false, 'code', now(), 'A', now(), 'account:0190d5a0-0000-7000-8000-0000000000a1' FROM registration WHERE activity_id = '{activity}' AND ticket = :number::int;
