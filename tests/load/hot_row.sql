-- What registering one member costs in SQL: lock the activity, look, take a seat, announce it. One transaction each.
SELECT gen_random_uuid() AS member, gen_random_uuid() AS registration \gset
BEGIN;
SELECT id, state, capacity, seats_taken, waiting, last_ticket, registration_opens_at, registration_closes_at FROM activity WHERE id = '{activity}' FOR UPDATE;
SELECT id, state, ticket FROM registration WHERE activity_id = '{activity}' AND member_id = :member::uuid AND state <> 'cancelled';
SELECT member_id, unit_id, employment, standing FROM participant WHERE member_id = :member::uuid;
UPDATE activity SET seats_taken = seats_taken + 1, last_ticket = last_ticket + 1 WHERE id = '{activity}';
INSERT INTO registration (id, activity_id, member_id, state, ticket, registered_at, confirmed_at) SELECT :registration::uuid, id, :member::uuid, 'confirmed', last_ticket, now(), now() FROM activity WHERE id = '{activity}';
INSERT INTO event_sequence (subject, value) VALUES ('activity/{activity}', 1) ON CONFLICT (subject) DO UPDATE SET value = event_sequence.value + excluded.value;
INSERT INTO outbox (id, type, version, subject, sequence, time, correlation_id, data, settled) SELECT gen_random_uuid(), 'registration_confirmed', 1, subject, value, now(), gen_random_uuid()::text, json_build_object('activity_id', '{activity}', 'member_id', :member::text, 'registration_id', :registration::text, 'moved_up', false, 'seats_left', 0, 'seats_taken', 0, 'waiting', 0), false FROM event_sequence WHERE subject = 'activity/{activity}';
COMMIT;
