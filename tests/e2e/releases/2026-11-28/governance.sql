BEGIN TRANSACTION;
CREATE TABLE access_log (
	id CHAR(32) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	field VARCHAR(60) NOT NULL, 
	purpose VARCHAR(500) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	seen_by VARCHAR(64) NOT NULL, 
	correlation_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_access_log PRIMARY KEY (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE award (
	id CHAR(32) NOT NULL, 
	title VARCHAR(100) NOT NULL, 
	level VARCHAR(12) NOT NULL, 
	category VARCHAR(20) NOT NULL, 
	awarded_on DATE NOT NULL, 
	document VARCHAR(100), 
	member_id CHAR(32), 
	unit_id CHAR(32), 
	holder CHAR(32) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	reason VARCHAR(500), 
	granted_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_award PRIMARY KEY (id)
);
CREATE TABLE budget_line (
	id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	name_en VARCHAR(100) NOT NULL, 
	management_code VARCHAR(60) NOT NULL, 
	accounting_code VARCHAR(60) NOT NULL, 
	funding_source VARCHAR(16) NOT NULL, 
	amount BIGINT NOT NULL, 
	committed BIGINT NOT NULL, 
	spent BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_budget_line PRIMARY KEY (id), 
	CONSTRAINT uq_budget_line_year_code UNIQUE (year, code), 
	CONSTRAINT ck_budget_line_not_overdrawn CHECK (committed >= 0 AND spent >= 0 AND committed + spent <= amount)
);
CREATE TABLE change_history (
	id CHAR(32) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	changed_at DATETIME NOT NULL, 
	changed_by VARCHAR(64) NOT NULL, 
	correlation_id VARCHAR(64) NOT NULL, 
	reason VARCHAR(500), 
	changes JSON NOT NULL, 
	CONSTRAINT pk_change_history PRIMARY KEY (id)
);
CREATE TABLE commitment (
	id CHAR(32) NOT NULL, 
	line_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	line_code VARCHAR(60) NOT NULL, 
	source_type VARCHAR(12) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	claim INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	description VARCHAR(200) NOT NULL, 
	unit_id CHAR(32), 
	created_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_commitment PRIMARY KEY (id), 
	CONSTRAINT fk_commitment_line_id_budget_line FOREIGN KEY(line_id) REFERENCES budget_line (id), 
	CONSTRAINT uq_commitment_source_type_source_id_claim UNIQUE (source_type, source_id, claim)
);
CREATE TABLE event_sequence (
	subject VARCHAR(120) NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_event_sequence PRIMARY KEY (subject)
);
CREATE TABLE executed_command (
	actor VARCHAR(64) NOT NULL, 
	"key" VARCHAR(100) NOT NULL, 
	operation VARCHAR(100) NOT NULL, 
	request_hash VARCHAR(64) NOT NULL, 
	reply JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_executed_command PRIMARY KEY (actor, "key")
);
INSERT INTO "executed_command" VALUES('founding','found-funds','governance.adopt_rule_set','1d87f6807630d11d2500c3c96af8fc0af380edfc7d5a50b3da2fbafeacf2df8b','{"sealed": "gAAAAABrCq9ksU7u1zbbXAkHemuFFL3sjlg0L3Sb-Ie2vHQ-wJjzgC_-ifwDSOWYRuh3MuR0lFDXbKtwMGbz-ySd0RJMbR25gMqRIfISXQkSkIFD_W-tab2paVbOOx-zBnhO7pVKLTeWNkjn-9Y9V5lsRdoLB9u8NzvE-yZ6e8ao5iQLIVCxZ3p2yLpcuY4_VuR5TjbJzB3NppLXZawqlhqe89X6BhLrN2cGoI1fZjPBDKX3lr6Q0o18XKba8wNZSpIrZrAI7sfLpAvg2iSs-exutuNbbKhpj9BqY7VzWFMKJVTRcKXcas92IZL1DLMSHZr7Fi_p5A4k4jHBN3UDmIENu0BL5gXuiXt_04tOvoCNZRHqRn_Pp0JdK4BzfeDQj2e7vc9GQeP1jXR7l6G-Jk3D1_hr1FBu250rcZ1PIpbQG9BgVT0-udNk7RUUq5myIYx-zNWURz4fGOs67aozVwFLbFDdrwSgHFu2oUiT9Y26uj69MkQE1uYIezYMecrze9h87OtNz6QAPazX6qvNAo3h0ONeoBYZlT4WnGsIAWVyJnP3RfGnndAz44FxvewbcErC-3-NpGIVt_Q0f1WpftGSvfbS9mP_2yKvOBcHrnfPYYXFhqijonymp8QdpLaYNaNQ4oGg-yO-NXus3yxXrBQjjU_ctK2ZklCc1Wn1OGZQVY3JC3_0lT706t2BgylxNUCB9MNFLWEY13JJQ3-bTJ2CHYrVht4IcSLmsDvOv1jaZuLqdX3iVV2-xNSk3bhx10Pp0fRzbhIg0nkP2HWl2F4FCW2QIhRDQfQd_4GN93aylTJJRJTjzNqiPBeqHLo35dck5QwCZ6vTjNNACBqKjDup0LbxgTTctw=="}','2026-11-28 10:39:32.191658');
CREATE TABLE fund_entry (
	id CHAR(32) NOT NULL, 
	sequence BIGINT NOT NULL, 
	number VARCHAR(12) NOT NULL, 
	year INTEGER NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	posted_on DATE NOT NULL, 
	spent_on DATE NOT NULL, 
	amount BIGINT NOT NULL, 
	description VARCHAR(300) NOT NULL, 
	description_en VARCHAR(300), 
	line_id CHAR(32), 
	line_code VARCHAR(60), 
	unit_id CHAR(32), 
	form VARCHAR(10), 
	funding_source VARCHAR(16) NOT NULL, 
	source_type VARCHAR(12) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	claim INTEGER NOT NULL, 
	benefit_key VARCHAR(60), 
	beneficiary VARCHAR(64), 
	people INTEGER NOT NULL, 
	rule_key VARCHAR(120), 
	rules JSON NOT NULL, 
	evidence_kinds JSON NOT NULL, 
	decision VARCHAR(200), 
	override_reason VARCHAR(300), 
	reverses CHAR(32), 
	recorded_by VARCHAR(64) NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	previous_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_fund_entry PRIMARY KEY (id), 
	CONSTRAINT fk_fund_entry_line_id_budget_line FOREIGN KEY(line_id) REFERENCES budget_line (id), 
	CONSTRAINT fk_fund_entry_reverses_fund_entry FOREIGN KEY(reverses) REFERENCES fund_entry (id), 
	CONSTRAINT uq_fund_entry_sequence UNIQUE (sequence), 
	CONSTRAINT uq_fund_entry_number UNIQUE (number), 
	CONSTRAINT uq_fund_entry_reverses UNIQUE (reverses), 
	CONSTRAINT uq_fund_entry_source_type_source_id_claim_kind UNIQUE (source_type, source_id, claim, kind), 
	CONSTRAINT ck_fund_entry_amount_is_positive CHECK (amount > 0)
);
CREATE TABLE fund_period (
	period VARCHAR(7) NOT NULL, 
	closed_at DATETIME NOT NULL, 
	closed_by VARCHAR(64) NOT NULL, 
	entries INTEGER NOT NULL, 
	last_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_fund_period PRIMARY KEY (period)
);
CREATE TABLE fund_refusal (
	id CHAR(32) NOT NULL, 
	source_type VARCHAR(12) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	claim INTEGER NOT NULL, 
	unit_id CHAR(32), 
	benefit_key VARCHAR(60), 
	beneficiary VARCHAR(64), 
	line_code VARCHAR(60), 
	amount BIGINT NOT NULL, 
	form VARCHAR(10), 
	spent_on DATE NOT NULL, 
	evidence_kinds JSON NOT NULL, 
	rule VARCHAR(120) NOT NULL, 
	reason_code VARCHAR(40) NOT NULL, 
	detail VARCHAR(500) NOT NULL, 
	rules JSON NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	entry_id CHAR(32), 
	refused_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT pk_fund_refusal PRIMARY KEY (id), 
	CONSTRAINT fk_fund_refusal_entry_id_fund_entry FOREIGN KEY(entry_id) REFERENCES fund_entry (id), 
	CONSTRAINT uq_fund_refusal_source_type_source_id_claim UNIQUE (source_type, source_id, claim)
);
CREATE TABLE fund_side (
	entry_id CHAR(32) NOT NULL, 
	place INTEGER NOT NULL, 
	account VARCHAR(80) NOT NULL, 
	debit BIGINT NOT NULL, 
	credit BIGINT NOT NULL, 
	CONSTRAINT pk_fund_side PRIMARY KEY (entry_id, place), 
	CONSTRAINT fk_fund_side_entry_id_fund_entry FOREIGN KEY(entry_id) REFERENCES fund_entry (id), 
	CONSTRAINT ck_fund_side_one_sided CHECK (debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0))
);
CREATE TABLE inbox (
	consumer VARCHAR(100) NOT NULL, 
	event_id CHAR(32) NOT NULL, 
	status VARCHAR(12) NOT NULL, 
	attempts INTEGER NOT NULL, 
	received_at DATETIME NOT NULL, 
	next_at DATETIME, 
	error TEXT, 
	body TEXT, 
	CONSTRAINT pk_inbox PRIMARY KEY (consumer, event_id)
);
CREATE TABLE job (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	params JSON NOT NULL, 
	position JSON, 
	total INTEGER, 
	done INTEGER NOT NULL, 
	problems INTEGER NOT NULL, 
	result JSON, 
	file_id CHAR(32), 
	problem_file_id CHAR(32), 
	error JSON, 
	attempts INTEGER NOT NULL, 
	cancelling BOOLEAN NOT NULL, 
	asked_by VARCHAR(64) NOT NULL, 
	principal JSON NOT NULL, 
	correlation_id VARCHAR(64) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	started_at DATETIME, 
	ended_at DATETIME, 
	next_at DATETIME NOT NULL, 
	CONSTRAINT pk_job PRIMARY KEY (id)
);
CREATE TABLE ledger_head (
	series VARCHAR(10) NOT NULL, 
	value BIGINT NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_ledger_head PRIMARY KEY (series)
);
CREATE TABLE outbox (
	position INTEGER NOT NULL, 
	id CHAR(32) NOT NULL, 
	type VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	sequence BIGINT NOT NULL, 
	time DATETIME NOT NULL, 
	correlation_id VARCHAR(64) NOT NULL, 
	causation_id VARCHAR(64), 
	traceparent VARCHAR(64), 
	data JSON NOT NULL, 
	published_at DATETIME, 
	settled BOOLEAN NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (position), 
	CONSTRAINT uq_outbox_id UNIQUE (id)
);
CREATE TABLE "plan" (
	id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	published_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT uq_plan_year UNIQUE (year)
);
CREATE TABLE plan_activity (
	activity_id CHAR(32) NOT NULL, 
	item_id CHAR(32), 
	state VARCHAR(12) NOT NULL, 
	starts_at DATETIME, 
	held_on DATE, 
	facts_sequence BIGINT NOT NULL, 
	state_sequence BIGINT NOT NULL, 
	CONSTRAINT pk_plan_activity PRIMARY KEY (activity_id)
);
CREATE TABLE plan_item (
	id CHAR(32) NOT NULL, 
	plan_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	part VARCHAR(10) NOT NULL, 
	month INTEGER, 
	month_to INTEGER, 
	title VARCHAR(120) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	owner VARCHAR(60) NOT NULL, 
	owner_en VARCHAR(100) NOT NULL, 
	kind VARCHAR(40), 
	measure VARCHAR(12) NOT NULL, 
	target INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	default_capacity INTEGER, 
	default_duration_minutes INTEGER, 
	state VARCHAR(12) NOT NULL, 
	progress INTEGER NOT NULL, 
	scheduled INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	visits_due INTEGER NOT NULL, 
	visits_done INTEGER NOT NULL, 
	completed_on DATE, 
	completion_note VARCHAR(500), 
	edited BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_plan_item PRIMARY KEY (id), 
	CONSTRAINT fk_plan_item_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT uq_plan_item_plan_id_key UNIQUE (plan_id, "key")
);
CREATE TABLE plan_visit (
	visit_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	plan_year INTEGER, 
	state VARCHAR(12) NOT NULL, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_plan_visit PRIMARY KEY (visit_id)
);
CREATE TABLE policy_rule (
	id CHAR(32) NOT NULL, 
	ruleset VARCHAR(60) NOT NULL, 
	"key" VARCHAR(120) NOT NULL, 
	scope VARCHAR(60) NOT NULL, 
	value JSON NOT NULL, 
	unit VARCHAR(30) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	number VARCHAR(100), 
	article VARCHAR(100), 
	valid_from DATE NOT NULL, 
	valid_to DATE, 
	CONSTRAINT pk_policy_rule PRIMARY KEY (id), 
	CONSTRAINT uq_policy_rule_key_scope_valid_from UNIQUE ("key", scope, valid_from)
);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befaca0dbf7a','national','fund.allocation_percent','','"2"','percent of total wages','中华人民共和国工会法','2021','Art. 43','2022-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befb91551f0b','national','fund.income.dues','','"401"','account','工会会计制度','财会〔2021〕7号','会计科目：会费收入','2022-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befc649f5573','national','benefit.birth.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befcae0ba8b0','national','benefit.wedding.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befcd2ace2fc','national','benefit.hospitalisation.forms','','["cash", "goods"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befcf11167d8','national','benefit.bereavement.forms','','["cash"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befd1a2781ca','national','benefit.member_death.forms','','["cash"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befe1234421d','national','benefit.birthday.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befeb5f25fc8','national','benefit.holiday.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1fa07270a2d2befeee3233c5','national','benefit.retirement.forms','','["goods"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号',NULL,'2018-01-01',NULL);
CREATE TABLE stored_file (
	id CHAR(32) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	purpose VARCHAR(60) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	media_type VARCHAR(100) NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	stored_at DATETIME NOT NULL, 
	stored_by VARCHAR(64) NOT NULL, 
	expires_at DATETIME, 
	CONSTRAINT pk_stored_file PRIMARY KEY (id)
);
CREATE INDEX ix_outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX ix_outbox_unsettled ON outbox (position) WHERE NOT settled;
CREATE INDEX ix_outbox_subject_sequence ON outbox (subject, sequence);
CREATE INDEX ix_outbox_type_position ON outbox (type, position);
CREATE INDEX ix_outbox_time ON outbox (time);
CREATE INDEX ix_inbox_open ON inbox (status, next_at) WHERE status IN ('failed', 'dead');
CREATE INDEX ix_inbox_received_at ON inbox (received_at);
CREATE INDEX ix_executed_command_at ON executed_command (at);
CREATE INDEX ix_change_history_subject_id ON change_history (subject, id);
CREATE INDEX ix_access_log_subject_id ON access_log (subject, id);
CREATE INDEX ix_plan_item_year_position_id ON plan_item (year, position, id);
CREATE INDEX ix_plan_activity_item_id ON plan_activity (item_id);
CREATE INDEX ix_plan_visit_plan_year_state ON plan_visit (plan_year, state);
CREATE INDEX ix_commitment_line_id_state ON commitment (line_id, state);
CREATE INDEX ix_fund_entry_year_sequence ON fund_entry (year, sequence);
CREATE INDEX ix_fund_entry_period ON fund_entry (period);
CREATE INDEX ix_fund_entry_line_code_year_sequence ON fund_entry (line_code, year, sequence);
CREATE INDEX ix_fund_entry_unit_id_sequence ON fund_entry (unit_id, sequence);
CREATE INDEX ix_fund_entry_beneficiary_benefit_key ON fund_entry (beneficiary, benefit_key);
CREATE INDEX ix_fund_refusal_state_id ON fund_refusal (state, id);
CREATE TRIGGER fund_entry_refuses_update BEFORE UPDATE ON fund_entry BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse the entry instead'); END;
CREATE TRIGGER fund_entry_refuses_delete BEFORE DELETE ON fund_entry BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse the entry instead'); END;
CREATE TRIGGER fund_side_refuses_update BEFORE UPDATE ON fund_side BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse the entry instead'); END;
CREATE TRIGGER fund_side_refuses_delete BEFORE DELETE ON fund_side BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse the entry instead'); END;
CREATE INDEX ix_job_open ON job (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_kind_id ON job (kind, id);
CREATE INDEX ix_job_asked_by_id ON job (asked_by, id);
CREATE INDEX ix_stored_file_subject_id ON stored_file (subject, id);
CREATE INDEX ix_stored_file_expires_at ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
CREATE UNIQUE INDEX uq_award_once ON award (holder, awarded_on, title) WHERE state = 'granted';
CREATE INDEX ix_award_awarded_on_id ON award (awarded_on, id);
CREATE INDEX ix_award_category_awarded_on_id ON award (category, awarded_on, id);
CREATE INDEX ix_award_level_awarded_on_id ON award (level, awarded_on, id);
CREATE INDEX ix_award_holder_awarded_on_id ON award (holder, awarded_on, id);
COMMIT;
