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
CREATE TABLE activity (
	id CHAR(32) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	title_en VARCHAR(200), 
	kind VARCHAR(24) NOT NULL, 
	summary TEXT, 
	summary_en TEXT, 
	place VARCHAR(200), 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	sessions JSON NOT NULL, 
	capacity INTEGER, 
	waiting_list BOOLEAN NOT NULL, 
	registration_opens_at DATETIME NOT NULL, 
	registration_closes_at DATETIME NOT NULL, 
	cancel_until DATETIME NOT NULL, 
	audience JSON NOT NULL, 
	fee BIGINT NOT NULL, 
	organiser_unit_id CHAR(32), 
	plan_item_id CHAR(32), 
	series_id CHAR(32), 
	state VARCHAR(12) NOT NULL, 
	seats_taken INTEGER NOT NULL, 
	waiting INTEGER NOT NULL, 
	last_ticket INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(64) NOT NULL, 
	scheduled_at DATETIME, 
	cancel_reason_code VARCHAR(12), 
	cancel_note VARCHAR(300), 
	held_on DATE, 
	attended INTEGER, 
	version INTEGER NOT NULL, named_units JSON, named_at DATETIME, 
	CONSTRAINT pk_activity PRIMARY KEY (id), 
	CONSTRAINT ck_activity_counts CHECK (seats_taken >= 0 AND waiting >= 0), 
	CONSTRAINT ck_activity_no_oversell CHECK (capacity IS NULL OR seats_taken <= capacity), 
	CONSTRAINT ck_activity_times CHECK (ends_at > starts_at)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "inbox" VALUES('activities.on_member_joined','01a221bd19657460bfb7c31ae6c3eeb0','handled',1,'2026-11-28 10:39:30.889667',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('activities.on_member_joined','01a221bde46972a5b0f137fd37f1e37e','handled',1,'2026-11-28 10:40:22.831653',NULL,NULL,NULL);
CREATE TABLE invitation (
	activity_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	invited_at DATETIME NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (activity_id, member_id), 
	CONSTRAINT fk_invitation_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id)
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
CREATE TABLE participant (
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32), 
	unit_sequence BIGINT NOT NULL, 
	employment VARCHAR(24), 
	standing VARCHAR(24) NOT NULL, 
	standing_sequence BIGINT NOT NULL, 
	joined_on DATE, 
	awaits_ceremony BOOLEAN NOT NULL, 
	CONSTRAINT pk_participant PRIMARY KEY (member_id)
);
INSERT INTO "participant" VALUES('01a221bd194c739e8ca062ab24d94d65','01a221bd18a0731eae3464cfde21134c',1,'established','active',1,'2026-11-28',1);
INSERT INTO "participant" VALUES('01a221bde3c873449b044e38e01a33de','01a221bd18a0731eae3464cfde21134c',1,'established','active',1,'2026-11-28',1);
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
CREATE TABLE registration (
	id CHAR(32) NOT NULL, 
	activity_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32), 
	state VARCHAR(12) NOT NULL, 
	ticket INTEGER NOT NULL, 
	registered_at DATETIME NOT NULL, 
	registered_by VARCHAR(64), 
	confirmed_at DATETIME, 
	cancelled_at DATETIME, 
	cancel_cause VARCHAR(20), 
	CONSTRAINT pk_registration PRIMARY KEY (id), 
	CONSTRAINT fk_registration_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id)
);
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
CREATE TABLE unit_heir (
	unit_id CHAR(32) NOT NULL, 
	heir_id CHAR(32) NOT NULL, 
	closed BOOLEAN NOT NULL, 
	happened_at DATETIME NOT NULL, 
	CONSTRAINT pk_unit_heir PRIMARY KEY (unit_id, heir_id)
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
CREATE INDEX ix_activity_starts_at ON activity (starts_at, id);
CREATE INDEX ix_activity_state_starts_at ON activity (state, starts_at);
CREATE INDEX ix_activity_plan_item_id ON activity (plan_item_id);
CREATE INDEX ix_activity_series_id ON activity (series_id);
CREATE UNIQUE INDEX uq_registration_activity_id_ticket ON registration (activity_id, ticket);
CREATE UNIQUE INDEX uq_registration_live_member ON registration (activity_id, member_id) WHERE state <> 'cancelled';
CREATE INDEX ix_registration_member_id ON registration (member_id, id);
CREATE INDEX ix_participant_awaits_ceremony ON participant (member_id) WHERE awaits_ceremony;
CREATE INDEX ix_invitation_member_id ON invitation (member_id, activity_id);
CREATE INDEX ix_job_open ON job (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_kind_id ON job (kind, id);
CREATE INDEX ix_job_asked_by_id ON job (asked_by, id);
CREATE INDEX ix_stored_file_subject_id ON stored_file (subject, id);
CREATE INDEX ix_stored_file_expires_at ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
COMMIT;
