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
CREATE TABLE account (
	id CHAR(32) NOT NULL, 
	username VARCHAR(64) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	member_id CHAR(32), 
	language VARCHAR(5), 
	created_at DATETIME NOT NULL, 
	password_changed_at DATETIME NOT NULL, 
	disabled_at DATETIME, program_role VARCHAR(20), 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT uq_account_username UNIQUE (username), 
	CONSTRAINT uq_account_member_id UNIQUE (member_id)
);
INSERT INTO "account" VALUES('01a221bd233f766faca5250f5e33262e','wangli','$argon2id$v=19$m=19456,t=2,p=1$xAZt86304f/yhga9F2HPcw$NAgyCTOnb4TmmTjCR0Fg39zspsoGFvsncgxXcDYqp3o','01a221bd194c739e8ca062ab24d94d65',NULL,'2026-11-28 10:39:32.973914','2026-11-28 10:39:32.973914',NULL,NULL);
INSERT INTO "account" VALUES('01a221bddfc2729fb2e91ee89081a637','ouyang','$argon2id$v=19$m=19456,t=2,p=1$WKT26XScEcKCz3SLUU1otg$eY5xdgZNnTvad2B8HJztbVxoYdvqtf/gGy5JChTO5yo','01a221bde3c873449b044e38e01a33de',NULL,'2026-11-28 10:40:21.442535','2026-11-28 10:40:21.442535',NULL,NULL);
INSERT INTO "account" VALUES('01a221bde866763a847e1b0c22a49033','zhuge','$argon2id$v=19$m=19456,t=2,p=1$5lZcGlw87FriO3Fa7CNPCA$iMURmvGmOa2lngoLkd0hlVa/PBVF3on9mbi6tg8awAo',NULL,NULL,'2026-11-28 10:40:23.654828','2026-11-28 10:40:23.654828',NULL,NULL);
CREATE TABLE activity_view (
	activity_id CHAR(32) NOT NULL, 
	title VARCHAR(120), 
	title_en VARCHAR(200), 
	kind VARCHAR(40), 
	summary TEXT, 
	summary_en TEXT, 
	place VARCHAR(200), 
	starts_at DATETIME, 
	ends_at DATETIME, 
	sessions JSON, 
	capacity INTEGER, 
	waiting_list BOOLEAN, 
	registration_opens_at DATETIME, 
	registration_closes_at DATETIME, 
	cancel_until DATETIME, 
	audience JSON, 
	fee BIGINT, 
	organiser_unit_id CHAR(32), 
	plan_item_id CHAR(32), 
	series_id CHAR(32), 
	scheduled_at DATETIME, 
	version INTEGER NOT NULL, 
	facts_sequence BIGINT NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	cancel_reason_code VARCHAR(20), 
	held_on DATE, 
	attended INTEGER, 
	state_version INTEGER NOT NULL, 
	state_sequence BIGINT NOT NULL, 
	seats_taken INTEGER NOT NULL, 
	seats_left INTEGER, 
	waiting INTEGER NOT NULL, 
	figures_sequence BIGINT NOT NULL, 
	CONSTRAINT pk_activity_view PRIMARY KEY (activity_id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE application_view (
	application_id CHAR(32) NOT NULL, 
	account_id CHAR(32), 
	unit_id CHAR(32) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_application_view PRIMARY KEY (application_id)
);
INSERT INTO "application_view" VALUES('01a221bde0b3703299a4a4516ae6bea3','01a221bddfc2729fb2e91ee89081a637','01a221bd18a0731eae3464cfde21134c','approved','2026-11-28 10:40:22.387543',4611686018427387904);
INSERT INTO "application_view" VALUES('01a221bde8c175dc95ddd9b99bf6b8bc','01a221bde866763a847e1b0c22a49033','01a221bd18a0731eae3464cfde21134c','unit_reviewed','2026-11-28 10:40:23.954636',2);
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
CREATE TABLE entitlement_view (
	member_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	account_id CHAR(32) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	CONSTRAINT pk_entitlement_view PRIMARY KEY (member_id, year)
);
INSERT INTO "entitlement_view" VALUES('01a221bd194c739e8ca062ab24d94d65',2026,'01a221bd1adc7535b00da1c795bd66ea','2026-11-28 10:39:31.023275');
INSERT INTO "entitlement_view" VALUES('01a221bde3c873449b044e38e01a33de',2026,'01a221bde63773ee8d36f6a673fa401d','2026-11-28 10:40:23.060151');
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
CREATE TABLE failed_sign_in (
	"key" VARCHAR(64) NOT NULL, 
	failures INTEGER NOT NULL, 
	first_at DATETIME NOT NULL, 
	blocked_until DATETIME, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_failed_sign_in PRIMARY KEY ("key")
);
CREATE TABLE held_post (
	post_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	ended_on DATE, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_held_post PRIMARY KEY (post_id)
);
INSERT INTO "held_post" VALUES('01a221bd1c65718dbd2123ad12b97f6e','01a221bd194c739e8ca062ab24d94d65','01a221bd1807712cb99f7b41ec2a7bab','officer','2026-11-28','2031-11-27',NULL,1);
INSERT INTO "held_post" VALUES('01a221bddbb2734189b24fdf2ee87a9e','01a221bd194c739e8ca062ab24d94d65','01a221bd18a0731eae3464cfde21134c','chair','2026-11-01','2031-10-31',NULL,1);
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
INSERT INTO "inbox" VALUES('gateway.on_unit_created','01a221bd182d73e6ab95d83eb5717710','handled',1,'2026-11-28 10:39:30.437654',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_unit_created','01a221bd18b873c4953ff26cd7fcfdf7','handled',1,'2026-11-28 10:39:30.520917',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_member_joined','01a221bd19657460bfb7c31ae6c3eeb0','handled',1,'2026-11-28 10:39:31.085063',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_entitlement_opened','01a221bd1afe77d59ea0eb000d833229','handled',1,'2026-11-28 10:39:31.534546',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_post_assigned','01a221bd1c81743fac4732649748fbbb','handled',1,'2026-11-28 10:39:31.747073',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_unit_created','01a221bddb1373e2ac6f959e064e4450','handled',1,'2026-11-28 10:40:20.312055',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_post_assigned','01a221bddbb572879474fc46298ed75e','handled',1,'2026-11-28 10:40:20.491927',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_application_submitted','01a221bde178713c827072d793b6a6a3','handled',1,'2026-11-28 10:40:22.080722',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_application_reviewed','01a221bde30276cab441d0613c7defa9','handled',1,'2026-11-28 10:40:22.348121',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_member_joined','01a221bde46972a5b0f137fd37f1e37e','handled',1,'2026-11-28 10:40:22.755503',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_entitlement_opened','01a221bde66377ed8563f43f76088ec1','handled',1,'2026-11-28 10:40:23.551314',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_application_submitted','01a221bde8e87549bd0d666b6a877cb3','handled',1,'2026-11-28 10:40:23.874972',NULL,NULL,NULL);
INSERT INTO "inbox" VALUES('gateway.on_application_reviewed','01a221bde9c3712ab9915ff2e9bc98b1','handled',1,'2026-11-28 10:40:24.059180',NULL,NULL,NULL);
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
	unit_id CHAR(32), 
	standing VARCHAR(20) NOT NULL, 
	number VARCHAR(32), 
	joined_on DATE, 
	joined_at DATETIME, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_known_member PRIMARY KEY (member_id)
);
INSERT INTO "known_member" VALUES('01a221bd194c739e8ca062ab24d94d65','01a221bd18a0731eae3464cfde21134c','active','M000001','2026-11-28','2026-11-28 10:39:30.527300',1);
INSERT INTO "known_member" VALUES('01a221bde3c873449b044e38e01a33de','01a221bd18a0731eae3464cfde21134c','active','M000002','2026-11-28','2026-11-28 10:40:22.387543',1);
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
CREATE TABLE plan_item_view (
	item_id CHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	"key" VARCHAR(80), 
	part VARCHAR(12), 
	month INTEGER, 
	month_to INTEGER, 
	title VARCHAR(200), 
	title_en VARCHAR(300), 
	kind VARCHAR(40), 
	measure VARCHAR(20), 
	"order" INTEGER, 
	removed BOOLEAN NOT NULL, 
	known_at DATETIME NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	progress INTEGER NOT NULL, 
	progressed_at DATETIME NOT NULL, 
	CONSTRAINT pk_plan_item_view PRIMARY KEY (item_id)
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
CREATE TABLE registration_view (
	member_id CHAR(32) NOT NULL, 
	activity_id CHAR(32) NOT NULL, 
	registration_id CHAR(32) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	position INTEGER, 
	at DATETIME NOT NULL, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_registration_view PRIMARY KEY (member_id, activity_id)
);
CREATE TABLE session (
	id CHAR(32) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	account_id CHAR(32) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	agent VARCHAR(120), 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT uq_session_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_session_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
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
CREATE TABLE timeline_entry (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	subject_id CHAR(32) NOT NULL, 
	member_id CHAR(32), 
	account_id CHAR(32), 
	activity_id CHAR(32), 
	params JSON NOT NULL, 
	CONSTRAINT pk_timeline_entry PRIMARY KEY (id)
);
INSERT INTO "timeline_entry" VALUES('01a221bd1b5f76cc9c1f15f619714ef8','member_joined','2026-11-28 10:39:30.527300','01a221bd18a0731eae3464cfde21134c','01a221bd194c739e8ca062ab24d94d65',NULL,NULL,'{}');
INSERT INTO "timeline_entry" VALUES('01a221bd1cd077708ff31dd3dbd52063','entitlement_opened','2026-11-28 10:39:31.023275','01a221bd1adc7535b00da1c795bd66ea','01a221bd194c739e8ca062ab24d94d65',NULL,NULL,'{"year": 2026}');
INSERT INTO "timeline_entry" VALUES('01a221bde27f75d7b25e5468b04dcca3','application_submitted','2026-11-28 10:40:21.516089','01a221bde0b3703299a4a4516ae6bea3',NULL,'01a221bddfc2729fb2e91ee89081a637',NULL,'{}');
INSERT INTO "timeline_entry" VALUES('01a221bde36473d5bfa4e1c6b14dfa1c','application_reviewed','2026-11-28 10:40:22.196136','01a221bde0b3703299a4a4516ae6bea3',NULL,'01a221bddfc2729fb2e91ee89081a637',NULL,'{}');
INSERT INTO "timeline_entry" VALUES('01a221bde51172bd807a444f1dcaa29d','member_joined','2026-11-28 10:40:22.387543','01a221bd18a0731eae3464cfde21134c','01a221bde3c873449b044e38e01a33de',NULL,NULL,'{}');
INSERT INTO "timeline_entry" VALUES('01a221bde80c77918da5c64e56d6fdaf','entitlement_opened','2026-11-28 10:40:23.060151','01a221bde63773ee8d36f6a673fa401d','01a221bde3c873449b044e38e01a33de',NULL,NULL,'{"year": 2026}');
INSERT INTO "timeline_entry" VALUES('01a221bde958724f8c1ffb1909595fa8','application_submitted','2026-11-28 10:40:23.707549','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,'01a221bde866763a847e1b0c22a49033',NULL,'{}');
INSERT INTO "timeline_entry" VALUES('01a221bdea167248a8ef962762ba2266','application_reviewed','2026-11-28 10:40:23.954636','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,'01a221bde866763a847e1b0c22a49033',NULL,'{}');
CREATE TABLE todo_view (
	"key" VARCHAR(120) NOT NULL, 
	id CHAR(32) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	subject_id CHAR(32) NOT NULL, 
	role VARCHAR(20), 
	unit_id CHAR(32), 
	member_id CHAR(32), 
	account_id CHAR(32), 
	due_at DATETIME, 
	sort_at DATETIME NOT NULL, 
	overdue BOOLEAN NOT NULL, 
	params JSON NOT NULL, 
	done BOOLEAN NOT NULL, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_todo_view PRIMARY KEY ("key"), 
	CONSTRAINT uq_todo_view_id UNIQUE (id)
);
INSERT INTO "todo_view" VALUES('application_approval:01a221bd-e0b3-7032-99a4-a4516ae6bea3','01a221bde5107790a8a7dcd3e34160f9','application_approval','01a221bde0b3703299a4a4516ae6bea3',NULL,NULL,NULL,NULL,NULL,'2026-11-28 10:40:22.387543',0,'{}',1,4611686018427387904);
INSERT INTO "todo_view" VALUES('application_returned:01a221bd-e0b3-7032-99a4-a4516ae6bea3','01a221bde5107790a8a7dcd4755e9505','application_returned','01a221bde0b3703299a4a4516ae6bea3',NULL,NULL,NULL,NULL,NULL,'2026-11-28 10:40:22.387543',0,'{}',1,4611686018427387904);
INSERT INTO "todo_view" VALUES('application_review:01a221bd-e0b3-7032-99a4-a4516ae6bea3','01a221bde5107790a8a7dcd3c8484c25','application_review','01a221bde0b3703299a4a4516ae6bea3',NULL,NULL,NULL,NULL,NULL,'2026-11-28 10:40:22.387543',0,'{}',1,4611686018427387904);
INSERT INTO "todo_view" VALUES('application_approval:01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc','01a221bdea0f7337aa7e5fd331ef99cd','application_approval','01a221bde8c175dc95ddd9b99bf6b8bc','officer','01a221bd18a0731eae3464cfde21134c',NULL,NULL,NULL,'2026-11-28 10:40:23.954636',0,'{}',0,2);
INSERT INTO "todo_view" VALUES('application_returned:01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc','01a221bdea0f7337aa7e5fd372771fa0','application_returned','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,NULL,NULL,NULL,NULL,'2026-11-28 10:40:23.954636',0,'{}',1,2);
INSERT INTO "todo_view" VALUES('application_review:01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc','01a221bdea0f7337aa7e5fd31ca947d4','application_review','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,NULL,NULL,NULL,NULL,'2026-11-28 10:40:23.954636',0,'{}',1,2);
CREATE TABLE unit_view (
	unit_id CHAR(32) NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	name_en VARCHAR(200), 
	kind VARCHAR(20) NOT NULL, 
	parent_id CHAR(32), 
	active BOOLEAN NOT NULL, 
	sequence BIGINT NOT NULL, 
	CONSTRAINT pk_unit_view PRIMARY KEY (unit_id)
);
INSERT INTO "unit_view" VALUES('01a221bd1807712cb99f7b41ec2a7bab','00','试验大学工会',NULL,'union',NULL,1,1);
INSERT INTO "unit_view" VALUES('01a221bd18a0731eae3464cfde21134c','01','机关分工会',NULL,'unit','01a221bd1807712cb99f7b41ec2a7bab',1,1);
INSERT INTO "unit_view" VALUES('01a221bddae3769db7fc0d4fc0673a73','02','文学院分工会',NULL,'unit','01a221bd1807712cb99f7b41ec2a7bab',1,1);
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
CREATE INDEX ix_session_account_id ON session (account_id);
CREATE INDEX ix_session_expires_at ON session (expires_at);
CREATE INDEX ix_failed_sign_in_updated_at ON failed_sign_in (updated_at);
CREATE INDEX ix_held_post_member_id ON held_post (member_id);
CREATE INDEX ix_activity_view_starts_at ON activity_view (starts_at);
CREATE INDEX ix_activity_view_ends_at ON activity_view (ends_at);
CREATE INDEX ix_registration_view_activity_id_state ON registration_view (activity_id, state);
CREATE INDEX ix_todo_view_open_role ON todo_view (role, unit_id, sort_at) WHERE NOT done;
CREATE INDEX ix_todo_view_open_member ON todo_view (member_id, sort_at) WHERE NOT done;
CREATE INDEX ix_todo_view_open_account ON todo_view (account_id, sort_at) WHERE NOT done;
CREATE INDEX ix_timeline_entry_account_id ON timeline_entry (account_id);
CREATE INDEX ix_timeline_entry_activity_id ON timeline_entry (activity_id);
CREATE INDEX ix_timeline_entry_member_id_at ON timeline_entry (member_id, at);
CREATE INDEX ix_application_view_account_id ON application_view (account_id);
CREATE INDEX ix_plan_item_view_year_month ON plan_item_view (year, month);
CREATE INDEX ix_job_open ON job (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_kind_id ON job (kind, id);
CREATE INDEX ix_job_asked_by_id ON job (asked_by, id);
CREATE INDEX ix_stored_file_subject_id ON stored_file (subject, id);
CREATE INDEX ix_stored_file_expires_at ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
COMMIT;
