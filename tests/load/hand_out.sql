-- What handing out one package costs in SQL: lock the entitlement, look, store it, announce it. One transaction each.
SELECT nextval('next_number') AS number, gen_random_uuid() AS hand_out, gen_random_uuid() AS correlation \gset
BEGIN;
SELECT id AS entitlement, member_id AS member, unit_id AS unit, package_id AS package FROM goods_entitlement WHERE cycle_id = '{cycle}' AND number = :number FOR UPDATE \gset
SELECT state, collect_from, collect_until, price FROM cycle WHERE id = '{cycle}';
SELECT standing, died_on FROM known_member WHERE member_id = :member::uuid;
SELECT id FROM hand_out WHERE entitlement_id = :entitlement::uuid;
SELECT id, price FROM package WHERE cycle_id = '{cycle}' ORDER BY id;
UPDATE goods_entitlement SET state = 'collected' WHERE id = :entitlement::uuid;
INSERT INTO hand_out (id, entitlement_id, cycle_id, package_id, amount, handed_at, recorded_at, method, signature, claim, claim_state, claim_sequence) VALUES (:hand_out::uuid, :entitlement::uuid, '{cycle}', :package::uuid, 200, now(), now(), 'signature', 'gAAAAABpKq0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', 1, 'pending', 0);
INSERT INTO event_sequence (subject, value) VALUES ('goods/' || :entitlement::text, 1), ('grant/' || :hand_out::text, 1) ON CONFLICT (subject) DO UPDATE SET value = event_sequence.value + excluded.value;
INSERT INTO outbox (id, type, version, subject, sequence, time, correlation_id, data, settled) VALUES (gen_random_uuid(), 'benefit_collected', 1, 'goods/' || :entitlement::text, 1, now(), :correlation::text, json_build_object('entitlement_id', :entitlement::text, 'cycle_id', '{cycle}', 'member_id', :member::text, 'package_id', :package::text, 'method', 'signature'), false), (gen_random_uuid(), 'benefit_granted', 1, 'grant/' || :hand_out::text, 1, now(), :correlation::text, json_build_object('grant_id', :hand_out::text, 'unit_id', :unit::text, 'benefit_key', 'holiday', 'amount', '200.00', 'form', 'goods', 'granted_on', '2026-01-20', 'beneficiary', '6f1c2e0d9b8a47563c4d5e6f7a8b9c0d', 'rule_key', 'benefit.holiday.cap', 'claim', 1, 'cycle_id', '{cycle}'), false);
COMMIT;
