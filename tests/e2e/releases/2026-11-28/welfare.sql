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
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE birthday_grant (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	celebrated_on DATE NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	run_id CHAR(32), 
	amount BIGINT, 
	form VARCHAR(8), 
	code TEXT, 
	code_index VARCHAR(64), 
	issued_at DATETIME, 
	collect_by DATE, 
	collected_at DATETIME, 
	collected_by CHAR(32), 
	claim_state VARCHAR(10) NOT NULL, 
	claim_sequence BIGINT NOT NULL, 
	entry_id CHAR(32), 
	withdraw_reason TEXT, 
	refused_rule VARCHAR(120), 
	CONSTRAINT pk_birthday_grant PRIMARY KEY (id), 
	CONSTRAINT fk_birthday_grant_run_id_birthday_run FOREIGN KEY(run_id) REFERENCES birthday_run (id), 
	CONSTRAINT uq_birthday_grant_member_id_year UNIQUE (member_id, year), 
	CONSTRAINT uq_birthday_grant_code_index UNIQUE (code_index)
);
CREATE TABLE birthday_month (
	year INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	drawn_up_at DATETIME NOT NULL, 
	drawn_up_by CHAR(32), 
	CONSTRAINT pk_birthday_month PRIMARY KEY (year, month)
);
CREATE TABLE birthday_run (
	id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	total INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	form VARCHAR(8) NOT NULL, 
	collect_by DATE, 
	rule JSON NOT NULL, 
	started_at DATETIME NOT NULL, 
	started_by CHAR(32), 
	finished_at DATETIME, 
	CONSTRAINT pk_birthday_run PRIMARY KEY (id)
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
CREATE TABLE entitlement_account (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	opened_on DATE NOT NULL, 
	CONSTRAINT pk_entitlement_account PRIMARY KEY (id), 
	CONSTRAINT uq_entitlement_account_member_id_year UNIQUE (member_id, year)
);
INSERT INTO "entitlement_account" VALUES('01a221bd1adc7535b00da1c795bd66ea','01a221bd194c739e8ca062ab24d94d65',2026,'2026-11-28');
INSERT INTO "entitlement_account" VALUES('01a221bde63773ee8d36f6a673fa401d','01a221bde3c873449b044e38e01a33de',2026,'2026-11-28');
CREATE TABLE entitlement_use (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	benefit_key VARCHAR(40) NOT NULL, 
	amount BIGINT NOT NULL, 
	used_on DATE NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_entitlement_use PRIMARY KEY (id), 
	CONSTRAINT uq_entitlement_use_source_id UNIQUE (source_id)
);
CREATE TABLE event_sequence (
	subject VARCHAR(120) NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_event_sequence PRIMARY KEY (subject)
);
INSERT INTO "event_sequence" VALUES('entitlement/01a221bd-1adc-7535-b00d-a1c795bd66ea',1);
INSERT INTO "event_sequence" VALUES('entitlement/01a221bd-e637-73ee-8d36-f6a673fa401d',1);
CREATE TABLE executed_command (
	actor VARCHAR(64) NOT NULL, 
	"key" VARCHAR(100) NOT NULL, 
	operation VARCHAR(100) NOT NULL, 
	request_hash VARCHAR(64) NOT NULL, 
	reply JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_executed_command PRIMARY KEY (actor, "key")
);
INSERT INTO "executed_command" VALUES('founding','found-welfare','welfare.load_welfare_rules','782bc88510b8abc5df9b9aaf20e23b52d14c4409757c9642749c6fffabce89f8','{"sealed": "gAAAAABrCq9kLCMEMSerfZ0YhtDDvYxEvXQwZg09VgZEaWBDBSKN5UE_19FbL2bvPUmbvs5Rh77DYrgws4KRHPFDW3jS7XBdOk_UDCfF6TjPqvA4n-USq122osNcTUpRGImmUA-iE8oPj4TwPeby-0pNDxN5e5jr8w=="}','2026-11-28 10:39:32.023558');
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
INSERT INTO "inbox" VALUES('welfare.on_member_joined','01a221bd19657460bfb7c31ae6c3eeb0','handled',1,'2026-11-28 10:39:31.023275',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('welfare.on_member_joined','01a221bde46972a5b0f137fd37f1e37e','handled',1,'2026-11-28 10:40:23.060151',NULL,NULL,NULL);
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
CREATE TABLE known_member (
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	unit_sequence BIGINT NOT NULL, 
	standing VARCHAR(24) NOT NULL, 
	standing_sequence BIGINT NOT NULL, 
	account_year INTEGER NOT NULL, employment VARCHAR(12), 
	CONSTRAINT pk_known_member PRIMARY KEY (member_id)
);
INSERT INTO "known_member" VALUES('01a221bd194c739e8ca062ab24d94d65','01a221bd18a0731eae3464cfde21134c',1,'active',1,2026,'established');
INSERT INTO "known_member" VALUES('01a221bde3c873449b044e38e01a33de','01a221bd18a0731eae3464cfde21134c',1,'active',1,2026,'established');
CREATE TABLE life_event (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	occasion TEXT NOT NULL, 
	relation TEXT, 
	note TEXT, 
	happened_on DATE NOT NULL, 
	occasion_index VARCHAR(64) NOT NULL, 
	live_key VARCHAR(80), 
	reported_at DATETIME NOT NULL, 
	reported_by CHAR(32), 
	reporter_id CHAR(32), 
	CONSTRAINT pk_life_event PRIMARY KEY (id), 
	CONSTRAINT uq_life_event_live_key UNIQUE (live_key)
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
INSERT INTO "outbox" VALUES(1,'01a221bd1afe77d59ea0eb000d833229','entitlement_opened',1,'entitlement/01a221bd-1adc-7535-b00d-a1c795bd66ea',1,'2026-11-28 10:39:31.023275','01a221bd-18d7-7091-8a75-85acec084d91','01a221bd-1965-7460-bfb7-c31ae6c3eeb0',NULL,'{"member_id": "01a221bd-194c-739e-8ca0-62ab24d94d65", "account_id": "01a221bd-1adc-7535-b00d-a1c795bd66ea", "year": 2026}','2026-11-28 10:39:31.287170',1);
INSERT INTO "outbox" VALUES(2,'01a221bde66377ed8563f43f76088ec1','entitlement_opened',1,'entitlement/01a221bd-e637-73ee-8d36-f6a673fa401d',1,'2026-11-28 10:40:23.060151','01a221bd-e365-75ce-bea4-cf52614f57b3','01a221bd-e469-72a5-b0f1-37fd37f1e37e',NULL,'{"member_id": "01a221bd-e3c8-7344-9b04-4e38e01a33de", "account_id": "01a221bd-e637-73ee-8d36-f6a673fa401d", "year": 2026}','2026-11-28 10:40:23.245088',1);
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
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf23334219b07','national','benefit.birthday.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf233e4abc028','national','benefit.holiday.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf234c13d3f19','national','benefit.wedding.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf2354eeae8c5','national','benefit.birth.forms','','["goods", "voucher"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf235617e47cb','national','benefit.hospitalisation.forms','','["cash", "goods"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf2363cb981d5','national','benefit.bereavement.forms','','["cash"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf236820585e7','national','benefit.member_death.forms','','["cash"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1f04726f857cf23740107ae1','national','benefit.retirement.forms','','["goods"]','form','基层工会经费收支管理办法','总工办发〔2017〕32号','8','2018-01-01',NULL);
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
CREATE TABLE visit (
	id CHAR(32) NOT NULL, 
	life_event_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	due_at DATETIME NOT NULL, 
	escalate_at DATETIME NOT NULL, 
	overdue_at DATETIME, 
	escalated_at DATETIME, 
	assignee_id CHAR(32), 
	visited_on DATE, 
	completed_at DATETIME, 
	closed_at DATETIME, 
	amount BIGINT, 
	form VARCHAR(8), 
	rule_key TEXT, 
	claim INTEGER NOT NULL, 
	claim_state VARCHAR(10) NOT NULL, 
	claim_sequence BIGINT NOT NULL, 
	entry_id CHAR(32), 
	refused_rule TEXT, 
	refused_code VARCHAR(40), 
	cancel_reason TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT fk_visit_life_event_id_life_event FOREIGN KEY(life_event_id) REFERENCES life_event (id), 
	CONSTRAINT uq_visit_life_event_id UNIQUE (life_event_id)
);
CREATE TABLE visit_evidence (
	id CHAR(32) NOT NULL, 
	visit_id CHAR(32) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	text TEXT NOT NULL, 
	late BOOLEAN NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	recorded_by CHAR(32), 
	CONSTRAINT pk_visit_evidence PRIMARY KEY (id), 
	CONSTRAINT fk_visit_evidence_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id)
);
CREATE TABLE visit_type (
	occasion VARCHAR(30) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	name_en VARCHAR(100) NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	due_within_hours INTEGER NOT NULL, 
	escalate_after_hours INTEGER NOT NULL, 
	evidence_needed JSON NOT NULL, 
	evidence_to_close JSON NOT NULL, 
	benefit_key VARCHAR(40) NOT NULL, 
	relations JSON NOT NULL, 
	standings JSON NOT NULL, 
	ahead_days INTEGER NOT NULL, 
	apart_days INTEGER NOT NULL, 
	ruleset VARCHAR(60) NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_visit_type PRIMARY KEY (occasion)
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
CREATE INDEX ix_known_member_account_year ON known_member (account_year, member_id);
CREATE INDEX ix_life_event_member_id ON life_event (member_id);
CREATE INDEX ix_life_event_occasion_index ON life_event (occasion_index);
CREATE INDEX ix_life_event_reporter_id ON life_event (reporter_id);
CREATE INDEX ix_life_event_unit_id_id ON life_event (unit_id, id);
CREATE INDEX ix_visit_due_at_id ON visit (due_at, id);
CREATE INDEX ix_visit_unit_id_due_at ON visit (unit_id, due_at, id);
CREATE INDEX ix_visit_assignee_id_due_at ON visit (assignee_id, due_at);
CREATE INDEX ix_visit_member_id ON visit (member_id);
CREATE INDEX ix_visit_to_be_made ON visit (due_at) WHERE state IN ('required', 'assigned');
CREATE INDEX ix_visit_claim_state ON visit (claim_state);
CREATE INDEX ix_visit_evidence_visit_id ON visit_evidence (visit_id);
CREATE INDEX ix_birthday_run_running ON birthday_run (id) WHERE state = 'running';
CREATE INDEX ix_birthday_grant_month_day ON birthday_grant (year, month, celebrated_on, id);
CREATE INDEX ix_birthday_grant_unit_id ON birthday_grant (unit_id, year, month);
CREATE INDEX ix_birthday_grant_to_be_issued ON birthday_grant (run_id, id) WHERE state = 'listed' AND run_id IS NOT NULL;
CREATE INDEX ix_entitlement_use_member_id_year ON entitlement_use (member_id, year);
CREATE INDEX ix_job_open ON job (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_kind_id ON job (kind, id);
CREATE INDEX ix_job_asked_by_id ON job (asked_by, id);
CREATE INDEX ix_stored_file_subject_id ON stored_file (subject, id);
CREATE INDEX ix_stored_file_expires_at ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
COMMIT;
