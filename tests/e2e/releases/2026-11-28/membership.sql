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
INSERT INTO "alembic_version" VALUES('0013');
CREATE TABLE application (
	id CHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	account_id CHAR(32), 
	unit_id CHAR(32), 
	employment VARCHAR(12), 
	name VARCHAR(50), 
	gender VARCHAR(8), 
	birth_date DATE, 
	original_age VARCHAR(3), 
	id_number TEXT, 
	id_number_index VARCHAR(64), 
	phone TEXT, 
	email TEXT, 
	hired_on DATE, 
	statement VARCHAR(500), 
	consent_version VARCHAR(40), 
	receipt_hash VARCHAR(64) NOT NULL, 
	submitted_at DATETIME, 
	updated_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, documents_seen BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_application PRIMARY KEY (id), 
	CONSTRAINT fk_application_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
INSERT INTO "application" VALUES('01a221bde0b3703299a4a4516ae6bea3','approved','01a221bddfc2729fb2e91ee89081a637','01a221bd18a0731eae3464cfde21134c','established','欧阳明','male','1965-05-09','M60',NULL,'8bb51983fab66b3568069dba630ced5ceda30bafa0b3c11ea0b558fcc72dadc3',NULL,NULL,'2026-09-01',NULL,'2026-01','9e2615b0e96ecd8beec13ce5c49b651aaa72621b731358db984b854046420b98','2026-11-28 10:40:21.516089','2026-11-28 10:40:22.387543',4,0);
INSERT INTO "application" VALUES('01a221bde8c175dc95ddd9b99bf6b8bc','unit_reviewed','01a221bde866763a847e1b0c22a49033','01a221bd18a0731eae3464cfde21134c','established','诸葛宁','male','1990-01-02',NULL,'gAAAAABrCq-XGB8PZEmotcAmM_Cl5CyNuEcHPx314iXTZkWLSNkURXOvpYTpiGXAI8WX9IRaX0Cl9_GfiNcCvtau9qX8lGJU8e9ml34JC6-AQizQdb30-rA=','418faf12df172557d3b8fc2d02c0d5af7a7e90a63d47a0db263002b7cacc0549','gAAAAABrCq-XKghccFHQY3FOuIqY82ZB3gsxO1QB5BjrLHub0eeKPIJ6ZsSMRXvjX5eys_e1P5QfmWFZyS232LVYlufvvTtyJg==',NULL,'2026-09-01',NULL,'2026-01','15b3b3c20736a5c3ea9c566fbf02751427a728ebe12ee47257d7292b6f7537cb','2026-11-28 10:40:23.707549','2026-11-28 10:40:23.954636',3,0);
CREATE TABLE application_step (
	id CHAR(32) NOT NULL, 
	application_id CHAR(32) NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	account_id CHAR(32), 
	reason VARCHAR(500), 
	CONSTRAINT pk_application_step PRIMARY KEY (id), 
	CONSTRAINT fk_application_step_application_id_application FOREIGN KEY(application_id) REFERENCES application (id)
);
INSERT INTO "application_step" VALUES('01a221bde145734d898eb91fffca0543','01a221bde0b3703299a4a4516ae6bea3','submit','submitted','2026-11-28 10:40:21.516089','01a221bddfc2729fb2e91ee89081a637',NULL);
INSERT INTO "application_step" VALUES('01a221bde2df702ea5827c4293dbb134','01a221bde0b3703299a4a4516ae6bea3','accept','unit_reviewed','2026-11-28 10:40:22.196136','01a221bd233f766faca5250f5e33262e',NULL);
INSERT INTO "application_step" VALUES('01a221bde42374279c12ae6b79eef48c','01a221bde0b3703299a4a4516ae6bea3','approve','approved','2026-11-28 10:40:22.387543','01a221bd233f766faca5250f5e33262e',NULL);
INSERT INTO "application_step" VALUES('01a221bde8c375748e1925d704990c16','01a221bde8c175dc95ddd9b99bf6b8bc','submit','submitted','2026-11-28 10:40:23.707549','01a221bde866763a847e1b0c22a49033',NULL);
INSERT INTO "application_step" VALUES('01a221bde9a57564a9c9655ddb5806d7','01a221bde8c175dc95ddd9b99bf6b8bc','accept','unit_reviewed','2026-11-28 10:40:23.954636','01a221bd233f766faca5250f5e33262e',NULL);
CREATE TABLE approval_outcome (
	id CHAR(32) NOT NULL, 
	job_id CHAR(32) NOT NULL, 
	application_id CHAR(32) NOT NULL, 
	outcome VARCHAR(10) NOT NULL, 
	member_id CHAR(32), 
	number VARCHAR(20), 
	rule VARCHAR(120), 
	detail VARCHAR(500), 
	CONSTRAINT pk_approval_outcome PRIMARY KEY (id), 
	CONSTRAINT uq_approval_outcome_job_id_application_id UNIQUE (job_id, application_id)
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
INSERT INTO "change_history" VALUES('01a221bd18177792bcb010148730f8ef','unit/01a221bd-1807-712c-b99f-7b41ec2a7bab','2026-11-28 10:39:29.992941','founding','01a221bd-16c6-75ed-922a-98f866cb819e','founded','{"name": {"old": null, "new": "\u8bd5\u9a8c\u5927\u5b66\u5de5\u4f1a"}}');
INSERT INTO "change_history" VALUES('01a221bd18b7722b942e1c512210c9ce','unit/01a221bd-18a0-731e-ae34-64cfde21134c','2026-11-28 10:39:30.455173','founding','01a221bd-187d-7096-87c4-9f2dfaa51480','founded','{"name": {"old": null, "new": "\u673a\u5173\u5206\u5de5\u4f1a"}}');
INSERT INTO "change_history" VALUES('01a221bd195c73bda1041bdbdbc42099','member/01a221bd-194c-739e-8ca0-62ab24d94d65','2026-11-28 10:39:30.527300','founding','01a221bd-18d7-7091-8a75-85acec084d91','admitted from a roster','{"standing": {"old": null, "new": "active"}}');
INSERT INTO "change_history" VALUES('01a221bd1c7e7672bd53359ba37a3130','post/01a221bd-1c65-718d-bd21-23ad12b97f6e','2026-11-28 10:39:31.324102','founding','01a221bd-1b0c-737b-b7be-428317429dc6','assigned','{"member_id": {"old": null, "new": "01a221bd-194c-739e-8ca0-62ab24d94d65"}, "kind": {"old": null, "new": "union_officer"}}');
INSERT INTO "change_history" VALUES('01a221bddafe7099be1f37bd1a50c027','unit/01a221bd-dae3-769d-b7fc-0d4fc0673a73','2026-11-28 10:40:20.136442','01a221bd-233f-766f-aca5-250f5e33262e','01a221bd-da81-76cd-91ac-bb2e82033272','founded','{"name": {"old": null, "new": "\u6587\u5b66\u9662\u5206\u5de5\u4f1a"}}');
INSERT INTO "change_history" VALUES('01a221bddbb3714e8f5a98991929640d','post/01a221bd-dbb2-7341-89b2-4fdf2ee87a9e','2026-11-28 10:40:20.343910','01a221bd-233f-766f-aca5-250f5e33262e','01a221bd-db5f-76e5-8abd-81f0e0f2f02c','assigned','{"member_id": {"old": null, "new": "01a221bd-194c-739e-8ca0-62ab24d94d65"}, "kind": {"old": null, "new": "unit_chair"}}');
INSERT INTO "change_history" VALUES('01a221bde3ef70b483160f111fb06b9b','member/01a221bd-e3c8-7344-9b04-4e38e01a33de','2026-11-28 10:40:22.387543','01a221bd-233f-766f-aca5-250f5e33262e','01a221bd-e365-75ce-bea4-cf52614f57b3','application approved','{"standing": {"old": null, "new": "active"}}');
CREATE TABLE consent (
	id CHAR(32) NOT NULL, 
	text_id CHAR(32) NOT NULL, 
	application_id CHAR(32), 
	member_id CHAR(32), 
	given_at DATETIME NOT NULL, 
	given_by VARCHAR(64) NOT NULL, 
	by_unit BOOLEAN NOT NULL, 
	withdrawn_at DATETIME, 
	withdrawn_by VARCHAR(64), 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT fk_consent_text_id_consent_text FOREIGN KEY(text_id) REFERENCES consent_text (id)
);
INSERT INTO "consent" VALUES('01a221bde0f9769d8cdbbc05452c4c56','019b7657000070008000000000000001','01a221bde0b3703299a4a4516ae6bea3','01a221bde3c873449b044e38e01a33de','2026-11-28 10:40:21.516089','01a221bd-dfc2-729f-b2e9-1ee89081a637',0,NULL,NULL);
INSERT INTO "consent" VALUES('01a221bde0f9769d8cdbbc05eb6c2950','019b7657000070008000000000000002','01a221bde0b3703299a4a4516ae6bea3','01a221bde3c873449b044e38e01a33de','2026-11-28 10:40:21.516089','01a221bd-dfc2-729f-b2e9-1ee89081a637',0,NULL,NULL);
INSERT INTO "consent" VALUES('01a221bde8c375748e1925d616e00894','019b7657000070008000000000000001','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,'2026-11-28 10:40:23.707549','01a221bd-e866-763a-847e-1b0c22a49033',0,NULL,NULL);
INSERT INTO "consent" VALUES('01a221bde8c375748e1925d6172279d2','019b7657000070008000000000000002','01a221bde8c175dc95ddd9b99bf6b8bc',NULL,'2026-11-28 10:40:23.707549','01a221bd-e866-763a-847e-1b0c22a49033',0,NULL,NULL);
CREATE TABLE consent_text (
	id CHAR(32) NOT NULL, 
	purpose VARCHAR(20) NOT NULL, 
	version VARCHAR(40) NOT NULL, 
	title VARCHAR(100) NOT NULL, 
	text TEXT NOT NULL, 
	title_en VARCHAR(200), 
	text_en TEXT, 
	in_force_from DATE NOT NULL, 
	published_at DATETIME NOT NULL, 
	published_by VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_consent_text PRIMARY KEY (id), 
	CONSTRAINT uq_consent_text_purpose_version UNIQUE (purpose, version)
);
INSERT INTO "consent_text" VALUES('019b7657000070008000000000000001','processing','2026-01','个人信息处理同意书','校工会为办理入会、核定福利、组织活动和走访慰问处理您的姓名、性别、单位、用工形式和联系方式。信息只在会籍存续及法定保存期内保留，不向第三方提供。您可以查阅、更正，也可以撤回同意；撤回不影响此前已经办理的事项。','Consent to processing personal information','The union processes your name, sex, unit, form of employment and contact to handle your membership, benefits, activities and visits. It is kept while you are a member and as long as the law asks, and given to nobody else. You may see it, correct it and withdraw your consent; what was done before stays done.','2026-01-01','2026-01-01 00:00:00.000000','membership');
INSERT INTO "consent_text" VALUES('019b7657000070008000000000000002','sensitive','2026-01','敏感个人信息单独同意书','为确认您本人身份、避免重复入会，校工会处理您的身份证号和出生日期。身份证号加密保存，默认隐去，每次查看须写明用途并留下记录，您可以随时查阅这些记录。','Separate consent to processing sensitive information','To know that it is you and that nobody joins twice, the union processes your identity number and date of birth. The number is encrypted and hidden; whoever looks at it states why, and you can see every look.','2026-01-01','2026-01-01 00:00:00.000000','membership');
INSERT INTO "consent_text" VALUES('019b7657000070008000000000000003','photo','2026-01','照片使用同意书','您上传的照片用于制作会员卡和核对本人身份，除您本人、所在分工会主席和校工会干部外不对他人显示。您可以随时更换或删除。','Consent to the use of a photo','The photo you upload is used for the membership card and to recognise you. It is shown to you, your unit''s chair and the union''s officers only. You may replace or delete it at any time.','2026-01-01','2026-01-01 00:00:00.000000','membership');
INSERT INTO "consent_text" VALUES('019b7657000070008000000000000004','publication','2026-01','信息公开同意书','您获得荣誉或参加活动取得名次时，校工会可以公布您的姓名、单位和荣誉名称。不同意不影响入会和福利。','Consent to publication','When you win an award or a contest, the union may publish your name, unit and the award. Not agreeing changes nothing about membership or benefits.','2026-01-01','2026-01-01 00:00:00.000000','membership');
INSERT INTO "consent_text" VALUES('019b7657000070008000000000000005','guardian','2026-01','监护人同意书','为组织亲子活动、发放儿童节慰问，校工会处理您未成年子女的姓名和出生日期。您作为监护人同意，可以随时撤回。','Guardian''s consent','To hold family activities and care for children, the union processes the names and dates of birth of your children under age. You agree as their guardian and may withdraw at any time.','2026-01-01','2026-01-01 00:00:00.000000','membership');
CREATE TABLE correction (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	field VARCHAR(40) NOT NULL, 
	value TEXT, 
	reason VARCHAR(500) NOT NULL, 
	document_id CHAR(32), 
	state VARCHAR(10) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	answer VARCHAR(500), 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_correction PRIMARY KEY (id), 
	CONSTRAINT fk_correction_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE dues_adjustment (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	old_due BIGINT NOT NULL, 
	new_due BIGINT NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	made_at DATETIME NOT NULL, 
	made_by VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_dues_adjustment PRIMARY KEY (id)
);
CREATE TABLE dues_base (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	base TEXT NOT NULL, 
	source VARCHAR(8) NOT NULL, 
	set_at DATETIME NOT NULL, 
	set_by VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_dues_base PRIMARY KEY (id), 
	CONSTRAINT uq_dues_base_member_id_starts_on UNIQUE (member_id, starts_on), 
	CONSTRAINT fk_dues_base_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE dues_charge (
	member_id CHAR(32) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	amount BIGINT NOT NULL, 
	due BIGINT NOT NULL, 
	paid BIGINT NOT NULL, 
	job_id CHAR(32), 
	charged_at DATETIME NOT NULL, 
	CONSTRAINT pk_dues_charge PRIMARY KEY (member_id, month), 
	CONSTRAINT ck_dues_charge_ck_dues_charge_not_negative CHECK (due >= 0 AND paid >= 0), 
	CONSTRAINT fk_dues_charge_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE dues_exemption (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	reason VARCHAR(30) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	set_at DATETIME NOT NULL, 
	set_by VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_dues_exemption PRIMARY KEY (id), 
	CONSTRAINT fk_dues_exemption_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE dues_file (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	paid_on DATE, 
	name VARCHAR(200) NOT NULL, 
	stored_id CHAR(32), 
	state VARCHAR(10) NOT NULL, 
	counts JSON NOT NULL, 
	rows INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	check_job_id CHAR(32), 
	post_job_id CHAR(32), 
	uploaded_at DATETIME NOT NULL, 
	uploaded_by VARCHAR(64) NOT NULL, 
	posted_at DATETIME, 
	CONSTRAINT pk_dues_file PRIMARY KEY (id)
);
CREATE TABLE dues_file_row (
	file_id CHAR(32) NOT NULL, 
	"row" INTEGER NOT NULL, 
	member_id CHAR(32), 
	amount BIGINT, 
	base TEXT, 
	verdict VARCHAR(12) NOT NULL, 
	done BOOLEAN NOT NULL, 
	CONSTRAINT pk_dues_file_row PRIMARY KEY (file_id, "row"), 
	CONSTRAINT fk_dues_file_row_file_id_dues_file FOREIGN KEY(file_id) REFERENCES dues_file (id)
);
CREATE TABLE dues_payment (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	channel VARCHAR(8) NOT NULL, 
	amount BIGINT NOT NULL, 
	paid_on DATE NOT NULL, 
	posting_id CHAR(32) NOT NULL, 
	file_id CHAR(32), 
	reverses CHAR(32), 
	note VARCHAR(200), 
	recorded_at DATETIME NOT NULL, 
	recorded_by VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_dues_payment PRIMARY KEY (id), 
	CONSTRAINT uq_dues_payment_reverses UNIQUE (reverses), 
	CONSTRAINT ck_dues_payment_ck_dues_payment_sign_of_kind CHECK ((kind = 'payment') = (amount > 0)), 
	CONSTRAINT fk_dues_payment_reverses_dues_payment FOREIGN KEY(reverses) REFERENCES dues_payment (id)
);
CREATE TABLE dues_refund (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	amount BIGINT NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	asked_by VARCHAR(64) NOT NULL, 
	decided_at DATETIME, 
	decided_by VARCHAR(64), 
	decision VARCHAR(200), 
	CONSTRAINT pk_dues_refund PRIMARY KEY (id)
);
CREATE TABLE dues_reminder (
	member_id CHAR(32) NOT NULL, 
	reminded_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT pk_dues_reminder PRIMARY KEY (member_id), 
	CONSTRAINT fk_dues_reminder_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE erasure (
	member_id CHAR(32) NOT NULL, 
	data_class VARCHAR(12) NOT NULL, 
	left_on DATE NOT NULL, 
	erased_at DATETIME NOT NULL, 
	CONSTRAINT pk_erasure PRIMARY KEY (member_id, data_class, left_on), 
	CONSTRAINT fk_erasure_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE event_sequence (
	subject VARCHAR(120) NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_event_sequence PRIMARY KEY (subject)
);
INSERT INTO "event_sequence" VALUES('unit/01a221bd-1807-712c-b99f-7b41ec2a7bab',1);
INSERT INTO "event_sequence" VALUES('unit/01a221bd-18a0-731e-ae34-64cfde21134c',1);
INSERT INTO "event_sequence" VALUES('member/01a221bd-194c-739e-8ca0-62ab24d94d65',1);
INSERT INTO "event_sequence" VALUES('post/01a221bd-1c65-718d-bd21-23ad12b97f6e',1);
INSERT INTO "event_sequence" VALUES('unit/01a221bd-dae3-769d-b7fc-0d4fc0673a73',1);
INSERT INTO "event_sequence" VALUES('post/01a221bd-dbb2-7341-89b2-4fdf2ee87a9e',1);
INSERT INTO "event_sequence" VALUES('application/01a221bd-e0b3-7032-99a4-a4516ae6bea3',2);
INSERT INTO "event_sequence" VALUES('member/01a221bd-e3c8-7344-9b04-4e38e01a33de',1);
INSERT INTO "event_sequence" VALUES('application/01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc',2);
CREATE TABLE executed_command (
	actor VARCHAR(64) NOT NULL, 
	"key" VARCHAR(100) NOT NULL, 
	operation VARCHAR(100) NOT NULL, 
	request_hash VARCHAR(64) NOT NULL, 
	reply JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_executed_command PRIMARY KEY (actor, "key")
);
INSERT INTO "executed_command" VALUES('founding','found-union','membership.create_unit','2b3cf4e474aaaa18955d7e5fcb3fe6d1a2e4f792ec2ad0ae933dcf2e406acad5','{"sealed": "gAAAAABrCq9iHFh5yfrpiaZ5QqXWrnX9u63sRGr04HIRk5d5-kGBE7Nc0yn939Z87fZqxZn5O0uR_n_A7FnbXG-XXWCCvdI_AyEZaPqhduqdwjrIg-KRwLq5M5P8fxg5x_SmDX8BN6j6-TW_5kdtOVf426n5RFso76Do_cpc8d5_kGwRho4WzZ8uaaOjkmoqEqqjUo8L9AP-CI0EDFeQNmtZf3NuFmz9RwjYLt9o59mCUPGML4H-QP6nmYUkU58sRJUzhlnuH9K4pdUN-riRbo3fCbGYxXjvWKHUNbB8EUROqTFcMRjxOD0ndjvVcUDxz1E3OI01d4Jc1SrYnjny82ttF2RFDJiKOXRYX7Qf2_xUmgl4sUjwt3w_HQHhddkn7CR7nv0u90tJ9A29wvdwDfdPNSrGQY2S6w=="}','2026-11-28 10:39:29.992941');
INSERT INTO "executed_command" VALUES('founding','found-unit','membership.create_unit','b14b1474482ce691ed03cc01db8c3406d35e4ca0334aaa82147e5b38465c255c','{"sealed": "gAAAAABrCq9iWX5Wpdd2793at_hOlf4oQm4ekJWge2g3hqqOtMmTUcYGijDPuj1hHH6UxlqKIAF9EltAEdz-aYiGY675eVPcMx8ZPtH-oX_NnAtdNbG_kHQ4CtppUu8zJlnHOaDKWiMnlwg-Wfo1oigkaZRULRVKXjSJFK5QNqIkqxw2EWKn4nW-X7hCIBcsYkYrmKTzVq04EJ2S99U81qMPm5q4etEqeXSMwuBW4Irj3qq3z0NxTjKY3T-bT4Q-JaBS0la-uBKuKqWMwqPC9YfsvTbfJoVWorh0cTuksHuU-nilmLxQySktABVcxaJGdvJI2F3GtHi5aLaPuIDsH75jd1mx8QvWdXEQiZQjS78-1iXpKIddUHu5ZxGvOcXOwkZtxsM3LRaPNF-EujA63HUrEWxjWUXEpwGjNEI-TqlHp2rGocoj4ooW2n1SrIt-PBk560RV8K2P"}','2026-11-28 10:39:30.455173');
INSERT INTO "executed_command" VALUES('founding','found-officer','membership.admit_members','fcc326fa794d9e445f2784871da91d69b00763f9fa990d58b3f1beddc99c1099','{"sealed": "gAAAAABrCq9iWXee01D1r0Bpz9xoZKMQODEMZcwUfScIR1c7yf17A_9ua3MoVWgF_LyQ6rKkyVyBJlkzD6OCEKTeXDqyT92E7elx9Dj5zjrQoowjP1Q4ep-96fSzI1AxmzqGD41YvJ73zWHxenwm1fcM-5L14CBxFBM4NmpfdvTbUhtJrAQNnT9SNIbuT7JPFT8XQnvRJpkU"}','2026-11-28 10:39:30.527300');
INSERT INTO "executed_command" VALUES('founding','found-post','membership.assign_post','50caaf0b9ab8ce6e8f2f03bc49b83122d5ef3da8d235dfdc545b351074dc6675','{"sealed": "gAAAAABrCq9joPyxzlFZvA4MAYlDz0hMFn0o9BnliXPG6QYDxZlO84UI9FMFHrS3zcWBNA0QsXWLxbTnGkkyPue3vyeqHp2BceHUnesNkJ8s1F9QyZOkxKD98ITxqSFmcmBbqz6EZUYlXkuXOKXaRbmz5qZpPuGwVVIjGgToSFo-5GBl99V5hJ3ld5AG3SVJrwg451L4TZx7VjpnV6Twzzq7CEojDxwwTyza1gMkJ02HpusjJ487eZ3Pk40l2DYtOJzqF3lajBeBlO8oFp8_WX0Rgwp9fBGSxfVUWeLLIk5EbfMnfGV3l9XKAPWxIAKglLVooHkGm5sWoICeCXXX4Bdwz-V47Bv73KDGsQg9-gzvl8D-9EEEFJdA0g39cwxHDEjjVJIwCnUWiGn3QE2s18SGqbGO8xmn8QrQnV0RM7RuQDn0tY4cTk7Q3xZJlMoz9EWOQhShRQEmIatnlYkQQlpSK8fHHIqm4xy8BfKau7kfSL5l_S0IJh99OmcD3gLVtRiOONE853U3"}','2026-11-28 10:39:31.324102');
INSERT INTO "executed_command" VALUES('founding','found-membership','membership.load_membership_rules','047d21f47ff06577a417890aa5c6486c96e876e9c3337937a54b185b76933ece','{"sealed": "gAAAAABrCq9jT0Oyj3Z7EMwvH_rhOOATgwAtw9QCIpep1yHPNw4SDLIFP9hePEvrFzK0dYhr205wUKZv0Z_hgm9FwNDeHd1toKmh2WqYy7hwtUHHul5etu_lY30QQdooC4CKXFoU7kLD"}','2026-11-28 10:39:31.842731');
CREATE TABLE family_member (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	relation VARCHAR(12) NOT NULL, 
	name TEXT NOT NULL, 
	birth_date TEXT, 
	consent_id CHAR(32), 
	stated_at DATETIME NOT NULL, 
	CONSTRAINT pk_family_member PRIMARY KEY (id), 
	CONSTRAINT fk_family_member_member_id_member FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_family_member_consent_id_consent FOREIGN KEY(consent_id) REFERENCES consent (id)
);
CREATE TABLE heading_memory (
	"key" VARCHAR(64) NOT NULL, 
	mapping JSON NOT NULL, 
	used_at DATETIME NOT NULL, 
	CONSTRAINT pk_heading_memory PRIMARY KEY ("key")
);
CREATE TABLE honour (
	id CHAR(32) NOT NULL, 
	award_id CHAR(32), 
	member_id CHAR(32), 
	unit_id CHAR(32), 
	title VARCHAR(100) NOT NULL, 
	level VARCHAR(12) NOT NULL, 
	category VARCHAR(20) NOT NULL, 
	awarded_on DATE NOT NULL, 
	document VARCHAR(100), 
	evidence VARCHAR(500), 
	source VARCHAR(8) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	sequence BIGINT NOT NULL, 
	noted_at DATETIME NOT NULL, 
	CONSTRAINT pk_honour PRIMARY KEY (id), 
	CONSTRAINT uq_honour_award_id UNIQUE (award_id)
);
CREATE TABLE hr_cursor (
	name VARCHAR(20) NOT NULL, 
	value VARCHAR(500), 
	read_at DATETIME, 
	CONSTRAINT pk_hr_cursor PRIMARY KEY (name)
);
CREATE TABLE hr_record (
	id CHAR(32) NOT NULL, 
	hr_id VARCHAR(30) NOT NULL, 
	sequence BIGINT NOT NULL, 
	content TEXT, 
	state VARCHAR(10) NOT NULL, 
	kind VARCHAR(12), 
	fields_changed JSON NOT NULL, 
	member_id CHAR(32), 
	member_version INTEGER, 
	received_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	settled_by VARCHAR(64), 
	reason VARCHAR(200), 
	problem VARCHAR(80), 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_hr_record PRIMARY KEY (id), 
	CONSTRAINT uq_hr_record_hr_id UNIQUE (hr_id)
);
CREATE TABLE hr_round (
	id CHAR(32) NOT NULL, 
	source VARCHAR(4) NOT NULL, 
	at DATETIME NOT NULL, 
	received_by VARCHAR(64) NOT NULL, 
	received INTEGER NOT NULL, 
	brand_new INTEGER NOT NULL, 
	repeated INTEGER NOT NULL, 
	older INTEGER NOT NULL, 
	differing INTEGER NOT NULL, 
	CONSTRAINT pk_hr_round PRIMARY KEY (id)
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
CREATE TABLE leave_request (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	reason TEXT, 
	requested_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_leave_request PRIMARY KEY (id), 
	CONSTRAINT fk_leave_request_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE member (
	id CHAR(32) NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	name VARCHAR(50) NOT NULL, 
	pinyin VARCHAR(100) NOT NULL, 
	initials VARCHAR(100) NOT NULL, 
	gender VARCHAR(8) NOT NULL, 
	birth_date DATE NOT NULL, 
	birth_month SMALLINT NOT NULL, 
	birth_day SMALLINT NOT NULL, 
	id_number TEXT NOT NULL, 
	id_number_index VARCHAR(64) NOT NULL, 
	phone TEXT, 
	email TEXT, 
	unit_id CHAR(32) NOT NULL, 
	group_id CHAR(32), 
	employment VARCHAR(12) NOT NULL, 
	original_age VARCHAR(3), 
	hired_on DATE, 
	joined_on DATE NOT NULL, 
	standing VARCHAR(20) NOT NULL, 
	account_id CHAR(32), 
	application_id CHAR(32), 
	updated_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, card_serial INTEGER DEFAULT 1 NOT NULL, left_on DATE, hr_id VARCHAR(30), education VARCHAR(12), degree VARCHAR(12), professional_title VARCHAR(40), position VARCHAR(60), political_status TEXT, ethnicity VARCHAR(20), native_place VARCHAR(60), marital_status VARCHAR(12), office_phone VARCHAR(30), address TEXT, emergency_name TEXT, emergency_phone TEXT, emergency_relation VARCHAR(12), skills VARCHAR(200), hobbies VARCHAR(200), approved_month DATE, retired_on DATE, anonymised_at DATETIME, 
	CONSTRAINT pk_member PRIMARY KEY (id), 
	CONSTRAINT uq_member_number UNIQUE (number), 
	CONSTRAINT uq_member_application_id UNIQUE (application_id), 
	CONSTRAINT fk_member_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_member_group_id_unit FOREIGN KEY(group_id) REFERENCES unit (id)
);
INSERT INTO "member" VALUES('01a221bd194c739e8ca062ab24d94d65','M000001','王立','wangli','wl','male','1980-03-04',3,4,'gAAAAABrCq9iMTzVnPjDvR71ybnQZJHdDcIM3ho-TCBSbU494c1ZvQzG_2YMD7MTWhxewBXDa4GVHtKa9xQQoCqoDbY7iSK0xk2Jj8vr4i-EFS80rhIc8zU=','cf7b8c099ad7d7b623abaf2da1232573fd8126dc79bae70cdeea5f177ae818a6','gAAAAABrCq9i4kdgBivUYhuRYeWhcaK2_ntoH7WXi1Md-9WYvlZ2Wkrhsc68l57GagDJ2VxVONPG5c-o48vYl24G9entsJaFcw==',NULL,'01a221bd18a0731eae3464cfde21134c',NULL,'established',NULL,NULL,'2026-11-28','active',NULL,NULL,'2026-11-28 10:39:30.527300',1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "member" VALUES('01a221bde3c873449b044e38e01a33de','M000002','欧阳明','ouyangming','oym','male','1965-05-09',5,9,'gAAAAABrCq-WvjnltyAG_vVg-VziiXtaV-DFyT2eFWV2Qzh3I9pedFGu1cV6f4KHlg4IykxApWe1W4jqA1_60lo0qGr1BMpEdNZbvWgyx75TEzT1MCNlsyQ=','8bb51983fab66b3568069dba630ced5ceda30bafa0b3c11ea0b558fcc72dadc3','gAAAAABrCq-WKZYpC7zV1OdtgwMK1Y8iHNNE8X5N4EkXzr21yEtr5HpZqQnTWK7g3qG1P9cbd-ToA_E40EWCQKnoI4Qln_HWtQ==',NULL,'01a221bd18a0731eae3464cfde21134c',NULL,'established','M60','2026-09-01','2026-11-28','active','01a221bddfc2729fb2e91ee89081a637','01a221bde0b3703299a4a4516ae6bea3','2026-11-28 10:40:22.387543',1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE number_series (
	name VARCHAR(20) NOT NULL, 
	last BIGINT NOT NULL, prefix VARCHAR(6) DEFAULT 'M' NOT NULL, width SMALLINT DEFAULT 6 NOT NULL, start BIGINT DEFAULT 1 NOT NULL, in_force_from DATE DEFAULT '1900-01-01' NOT NULL, document VARCHAR(200), 
	CONSTRAINT pk_number_series PRIMARY KEY (name)
);
INSERT INTO "number_series" VALUES('member',2,'M',6,1,'1900-01-01',NULL);
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
INSERT INTO "outbox" VALUES(1,'01a221bd182d73e6ab95d83eb5717710','unit_created',1,'unit/01a221bd-1807-712c-b99f-7b41ec2a7bab',1,'2026-11-28 10:39:29.992941','01a221bd-16c6-75ed-922a-98f866cb819e',NULL,NULL,'{"unit_id": "01a221bd-1807-712c-b99f-7b41ec2a7bab", "code": "00", "name": "\u8bd5\u9a8c\u5927\u5b66\u5de5\u4f1a", "name_en": null, "kind": "union", "committee": null, "parent_id": null, "active": true}','2026-11-28 10:39:30.414805',1);
INSERT INTO "outbox" VALUES(2,'01a221bd18b873c4953ff26cd7fcfdf7','unit_created',1,'unit/01a221bd-18a0-731e-ae34-64cfde21134c',1,'2026-11-28 10:39:30.455173','01a221bd-187d-7096-87c4-9f2dfaa51480',NULL,NULL,'{"unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "code": "01", "name": "\u673a\u5173\u5206\u5de5\u4f1a", "name_en": null, "kind": "unit", "committee": null, "parent_id": "01a221bd-1807-712c-b99f-7b41ec2a7bab", "active": true}','2026-11-28 10:39:30.500666',1);
INSERT INTO "outbox" VALUES(3,'01a221bd19657460bfb7c31ae6c3eeb0','member_joined',1,'member/01a221bd-194c-739e-8ca0-62ab24d94d65',1,'2026-11-28 10:39:30.527300','01a221bd-18d7-7091-8a75-85acec084d91',NULL,NULL,'{"member_id": "01a221bd-194c-739e-8ca0-62ab24d94d65", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "number": "M000001", "application_id": null, "account_id": null, "employment": "established", "joined_on": "2026-11-28", "rejoined": false}','2026-11-28 10:39:30.714013',1);
INSERT INTO "outbox" VALUES(4,'01a221bd1c81743fac4732649748fbbb','post_assigned',1,'post/01a221bd-1c65-718d-bd21-23ad12b97f6e',1,'2026-11-28 10:39:31.324102','01a221bd-1b0c-737b-b7be-428317429dc6',NULL,NULL,'{"post_id": "01a221bd-1c65-718d-bd21-23ad12b97f6e", "member_id": "01a221bd-194c-739e-8ca0-62ab24d94d65", "unit_id": "01a221bd-1807-712c-b99f-7b41ec2a7bab", "kind": "union_officer", "role": "officer", "starts_on": "2026-11-28", "ends_on": "2031-11-27", "succeeds_post_id": null}','2026-11-28 10:39:31.634946',1);
INSERT INTO "outbox" VALUES(5,'01a221bddb1373e2ac6f959e064e4450','unit_created',1,'unit/01a221bd-dae3-769d-b7fc-0d4fc0673a73',1,'2026-11-28 10:40:20.136442','01a221bd-da81-76cd-91ac-bb2e82033272',NULL,NULL,'{"unit_id": "01a221bd-dae3-769d-b7fc-0d4fc0673a73", "code": "02", "name": "\u6587\u5b66\u9662\u5206\u5de5\u4f1a", "name_en": null, "kind": "unit", "committee": null, "parent_id": "01a221bd-1807-712c-b99f-7b41ec2a7bab", "active": true}','2026-11-28 10:40:20.273174',1);
INSERT INTO "outbox" VALUES(6,'01a221bddbb572879474fc46298ed75e','post_assigned',1,'post/01a221bd-dbb2-7341-89b2-4fdf2ee87a9e',1,'2026-11-28 10:40:20.343910','01a221bd-db5f-76e5-8abd-81f0e0f2f02c',NULL,NULL,'{"post_id": "01a221bd-dbb2-7341-89b2-4fdf2ee87a9e", "member_id": "01a221bd-194c-739e-8ca0-62ab24d94d65", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "kind": "unit_chair", "role": "chair", "starts_on": "2026-11-01", "ends_on": "2031-10-31", "succeeds_post_id": null}','2026-11-28 10:40:20.468535',1);
INSERT INTO "outbox" VALUES(7,'01a221bde178713c827072d793b6a6a3','application_submitted',1,'application/01a221bd-e0b3-7032-99a4-a4516ae6bea3',1,'2026-11-28 10:40:21.516089','01a221bd-de26-7024-b9d9-9b3411500d23',NULL,NULL,'{"application_id": "01a221bd-e0b3-7032-99a4-a4516ae6bea3", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "account_id": "01a221bd-dfc2-729f-b2e9-1ee89081a637"}','2026-11-28 10:40:21.943203',1);
INSERT INTO "outbox" VALUES(8,'01a221bde30276cab441d0613c7defa9','application_reviewed',1,'application/01a221bd-e0b3-7032-99a4-a4516ae6bea3',2,'2026-11-28 10:40:22.196136','01a221bd-e286-7765-b929-d01c213ca09c',NULL,NULL,'{"application_id": "01a221bd-e0b3-7032-99a4-a4516ae6bea3", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "account_id": "01a221bd-dfc2-729f-b2e9-1ee89081a637"}','2026-11-28 10:40:22.281204',1);
INSERT INTO "outbox" VALUES(9,'01a221bde46972a5b0f137fd37f1e37e','member_joined',1,'member/01a221bd-e3c8-7344-9b04-4e38e01a33de',1,'2026-11-28 10:40:22.387543','01a221bd-e365-75ce-bea4-cf52614f57b3',NULL,NULL,'{"member_id": "01a221bd-e3c8-7344-9b04-4e38e01a33de", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "number": "M000002", "application_id": "01a221bd-e0b3-7032-99a4-a4516ae6bea3", "account_id": "01a221bd-dfc2-729f-b2e9-1ee89081a637", "employment": "established", "joined_on": "2026-11-28", "rejoined": false}','2026-11-28 10:40:22.697071',1);
INSERT INTO "outbox" VALUES(10,'01a221bde8e87549bd0d666b6a877cb3','application_submitted',1,'application/01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc',1,'2026-11-28 10:40:23.707549','01a221bd-e686-72ba-99a1-f94922af688c',NULL,NULL,'{"application_id": "01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "account_id": "01a221bd-e866-763a-847e-1b0c22a49033"}','2026-11-28 10:40:23.792836',1);
INSERT INTO "outbox" VALUES(11,'01a221bde9c3712ab9915ff2e9bc98b1','application_reviewed',1,'application/01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc',2,'2026-11-28 10:40:23.954636','01a221bd-e962-71d8-97a5-38046bc010f9',NULL,NULL,'{"application_id": "01a221bd-e8c1-75dc-95dd-d9b99bf6b8bc", "unit_id": "01a221bd-18a0-731e-ae34-64cfde21134c", "account_id": "01a221bd-e866-763a-847e-1b0c22a49033"}','2026-11-28 10:40:24.047263',1);
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
INSERT INTO "policy_rule" VALUES('01a221bd1e2d7216a46ea9397d20953a','national','joining.employments','','["established", "agency", "contract", "dispatched"]','employment','中华人民共和国工会法','主席令第107号','第三条','2022-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dba9c0d8cb3','national','dues.percent','','"0.5"','percent of the monthly base','中华全国总工会关于收交工会会费的通知','工发〔1978〕101号',NULL,'1978-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbac1630019','national','dues.base_step','','"10"','yuan','中华全国总工会关于收交工会会费的通知','工发〔1978〕101号',NULL,'1978-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbacf71d1bb','national','dues.paying_standings','','["active", "transferring"]','standing','中国工会章程',NULL,'保留会籍期间免交会费','1978-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbb2aeaa9b2','national','retirement.m60','','{"base": 60, "start": "1965-01", "step": 4, "max": 36}','years, months','全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定','2024年9月13日通过','第一条；附表一','2025-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbba6e2062f','national','retirement.f55','','{"base": 55, "start": "1970-01", "step": 4, "max": 36}','years, months','全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定','2024年9月13日通过','第一条；附表二','2025-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbc78797fc0','national','retirement.f50','','{"base": 50, "start": "1975-01", "step": 2, "max": 60}','years, months','全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定','2024年9月13日通过','第一条；附表三','2025-01-01',NULL);
INSERT INTO "policy_rule" VALUES('01a221bd1e3874a0b7d78dbd2fad4131','national','retirement.flexible','',36,'months','全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定','2024年9月13日通过','第三条','2025-01-01',NULL);
CREATE TABLE post (
	id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	ended_on DATE, 
	last_day DATE NOT NULL, 
	term VARCHAR(40), ending_told BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_post PRIMARY KEY (id), 
	CONSTRAINT fk_post_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_post_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
INSERT INTO "post" VALUES('01a221bd1c65718dbd2123ad12b97f6e','01a221bd1807712cb99f7b41ec2a7bab','union_officer','01a221bd194c739e8ca062ab24d94d65','2026-11-28','2031-11-27',NULL,'2031-11-27',NULL,0);
INSERT INTO "post" VALUES('01a221bddbb2734189b24fdf2ee87a9e','01a221bd18a0731eae3464cfde21134c','unit_chair','01a221bd194c739e8ca062ab24d94d65','2026-11-01','2031-10-31',NULL,'2031-10-31',NULL,0);
CREATE TABLE roster_import (
	id CHAR(32) NOT NULL, 
	file_name VARCHAR(200) NOT NULL, 
	headings JSON NOT NULL, 
	heading_key VARCHAR(64) NOT NULL, 
	mapping JSON NOT NULL, 
	rows INTEGER NOT NULL, 
	parts INTEGER NOT NULL, 
	counts JSON NOT NULL, 
	choices JSON NOT NULL, 
	result JSON NOT NULL, 
	check_job_id CHAR(32), 
	job_id CHAR(32), 
	uploaded_at DATETIME NOT NULL, 
	uploaded_by VARCHAR(64) NOT NULL, 
	kept_until DATETIME NOT NULL, 
	imported_at DATETIME, 
	erased_at DATETIME, 
	version INTEGER NOT NULL, read_job_id CHAR(32), 
	CONSTRAINT pk_roster_import PRIMARY KEY (id)
);
CREATE TABLE roster_part (
	import_id CHAR(32) NOT NULL, 
	part INTEGER NOT NULL, 
	rows INTEGER NOT NULL, 
	cells BLOB NOT NULL, 
	people BLOB, 
	keys BLOB, 
	CONSTRAINT pk_roster_part PRIMARY KEY (import_id, part), 
	CONSTRAINT fk_roster_part_import_id_roster_import FOREIGN KEY(import_id) REFERENCES roster_import (id)
);
CREATE TABLE roster_problem (
	id CHAR(32) NOT NULL, 
	import_id CHAR(32) NOT NULL, 
	part INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	field VARCHAR(20), 
	value VARCHAR(120), 
	rule VARCHAR(80) NOT NULL, 
	detail VARCHAR(300) NOT NULL, 
	params JSON NOT NULL, 
	CONSTRAINT pk_roster_problem PRIMARY KEY (id), 
	CONSTRAINT fk_roster_problem_import_id_roster_import FOREIGN KEY(import_id) REFERENCES roster_import (id)
);
CREATE TABLE standing_change (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	old_standing VARCHAR(20) NOT NULL, 
	new_standing VARCHAR(20) NOT NULL, 
	effective_on DATE NOT NULL, 
	decided_by VARCHAR(100), 
	meeting VARCHAR(200), 
	decided_on DATE, 
	document VARCHAR(200), 
	reason TEXT, 
	unpaid_since DATE, 
	inactive_since DATE, 
	talked_on DATE, 
	talk_note TEXT, 
	noted_at DATETIME NOT NULL, 
	noted_by CHAR(32), 
	CONSTRAINT pk_standing_change PRIMARY KEY (id), 
	CONSTRAINT fk_standing_change_member_id_member FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_standing_change_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
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
CREATE TABLE transfer (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	from_unit_id CHAR(32), 
	to_unit_id CHAR(32), 
	other_union VARCHAR(100), 
	former_number VARCHAR(40), 
	member_since DATE, 
	effective_on DATE NOT NULL, 
	reason VARCHAR(200), 
	requested_at DATETIME NOT NULL, 
	requested_by CHAR(32), 
	updated_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_transfer PRIMARY KEY (id), 
	CONSTRAINT fk_transfer_member_id_member FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_transfer_from_unit_id_unit FOREIGN KEY(from_unit_id) REFERENCES unit (id), 
	CONSTRAINT fk_transfer_to_unit_id_unit FOREIGN KEY(to_unit_id) REFERENCES unit (id)
);
CREATE TABLE transfer_step (
	id CHAR(32) NOT NULL, 
	transfer_id CHAR(32) NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	at DATETIME NOT NULL, 
	account_id CHAR(32), 
	reason VARCHAR(200), 
	CONSTRAINT pk_transfer_step PRIMARY KEY (id), 
	CONSTRAINT fk_transfer_step_transfer_id_transfer FOREIGN KEY(transfer_id) REFERENCES transfer (id)
);
CREATE TABLE unit (
	id CHAR(32) NOT NULL, 
	code VARCHAR(20) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	name_en VARCHAR(200), 
	kind VARCHAR(12) NOT NULL, 
	parent_id CHAR(32), 
	active BOOLEAN NOT NULL, 
	founded_on DATE, 
	version INTEGER NOT NULL, committee VARCHAR(12), closed_on DATE, merged_into_id CHAR(32), 
	CONSTRAINT pk_unit PRIMARY KEY (id), 
	CONSTRAINT uq_unit_code UNIQUE (code), 
	CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id)
);
INSERT INTO "unit" VALUES('01a221bd1807712cb99f7b41ec2a7bab','00','试验大学工会',NULL,'union',NULL,1,NULL,1,NULL,NULL,NULL);
INSERT INTO "unit" VALUES('01a221bd18a0731eae3464cfde21134c','01','机关分工会',NULL,'unit','01a221bd1807712cb99f7b41ec2a7bab',1,NULL,1,NULL,NULL,NULL);
INSERT INTO "unit" VALUES('01a221bddae3769db7fc0d4fc0673a73','02','文学院分工会',NULL,'unit','01a221bd1807712cb99f7b41ec2a7bab',1,NULL,1,NULL,NULL,NULL);
CREATE TABLE unit_history (
	id CHAR(32) NOT NULL, 
	unit_id CHAR(32) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	happened_on DATE NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	name_en VARCHAR(200), 
	other_unit_id CHAR(32), 
	members INTEGER, 
	noted_at DATETIME NOT NULL, 
	noted_by VARCHAR(64) NOT NULL, 
	reason VARCHAR(200), 
	CONSTRAINT pk_unit_history PRIMARY KEY (id), 
	CONSTRAINT fk_unit_history_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
INSERT INTO "unit_history" VALUES('01a221bd182c7150a84246b50b3e3f64','01a221bd1807712cb99f7b41ec2a7bab','founded','2026-11-28','试验大学工会',NULL,NULL,NULL,'2026-11-28 10:39:29.992941','founding',NULL);
INSERT INTO "unit_history" VALUES('01a221bd18b873c4953ff26c9b00519c','01a221bd18a0731eae3464cfde21134c','founded','2026-11-28','机关分工会',NULL,NULL,NULL,'2026-11-28 10:39:30.455173','founding',NULL);
INSERT INTO "unit_history" VALUES('01a221bddb0476b39d6a33aa07b37268','01a221bddae3769db7fc0d4fc0673a73','founded','2026-11-28','文学院分工会',NULL,NULL,NULL,'2026-11-28 10:40:20.136442','01a221bd-233f-766f-aca5-250f5e33262e',NULL);
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
CREATE INDEX ix_unit_parent_id ON unit (parent_id);
CREATE UNIQUE INDEX uq_member_standing_person ON member (id_number_index) WHERE standing IN ('active', 'transferring', 'retained');
CREATE INDEX ix_member_pinyin_id ON member (pinyin, id);
CREATE INDEX ix_member_initials ON member (initials);
CREATE INDEX ix_member_joined_on_id ON member (joined_on, id);
CREATE INDEX ix_member_unit_id_pinyin_id ON member (unit_id, pinyin, id);
CREATE INDEX ix_member_standing_pinyin_id ON member (standing, pinyin, id);
CREATE INDEX ix_member_employment_pinyin_id ON member (employment, pinyin, id);
CREATE INDEX ix_member_group_id ON member (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX ix_post_unit_id_last_day ON post (unit_id, last_day);
CREATE INDEX ix_post_member_id_last_day ON post (member_id, last_day);
CREATE INDEX ix_post_kind_last_day ON post (kind, last_day);
CREATE INDEX ix_post_last_day_id ON post (last_day, id);
CREATE UNIQUE INDEX uq_application_open_person ON application (id_number_index) WHERE state IN ('submitted', 'unit_reviewed', 'returned');
CREATE INDEX ix_application_state_submitted_at_id ON application (state, submitted_at, id) WHERE submitted_at IS NOT NULL;
CREATE INDEX ix_application_unit_id_state_submitted_at_id ON application (unit_id, state, submitted_at, id) WHERE submitted_at IS NOT NULL;
CREATE INDEX ix_application_submitted_at_id ON application (submitted_at, id);
CREATE INDEX ix_application_account_id_id ON application (account_id, id);
CREATE INDEX ix_application_name ON application (name);
CREATE INDEX ix_application_step_application_id_id ON application_step (application_id, id);
CREATE INDEX ix_job_open ON job (next_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_kind_id ON job (kind, id);
CREATE INDEX ix_job_asked_by_id ON job (asked_by, id);
CREATE INDEX ix_stored_file_subject_id ON stored_file (subject, id);
CREATE INDEX ix_stored_file_expires_at ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX ix_unit_history_unit_id_happened_on_id ON unit_history (unit_id, happened_on, id);
CREATE INDEX ix_consent_text_purpose_in_force_from ON consent_text (purpose, in_force_from);
CREATE UNIQUE INDEX uq_consent_application_id_text_id ON consent (application_id, text_id) WHERE application_id IS NOT NULL;
CREATE INDEX ix_consent_member_id_id ON consent (member_id, id) WHERE member_id IS NOT NULL;
CREATE INDEX ix_approval_outcome_job_id_id ON approval_outcome (job_id, id);
CREATE UNIQUE INDEX uq_member_hr_id ON member (hr_id) WHERE hr_id IS NOT NULL AND standing IN ('active', 'transferring', 'retained');
CREATE INDEX ix_honour_member_id_awarded_on_id ON honour (member_id, awarded_on, id);
CREATE INDEX ix_honour_unit_id_awarded_on_id ON honour (unit_id, awarded_on, id);
CREATE INDEX ix_family_member_consent_id ON family_member (consent_id) WHERE consent_id IS NOT NULL;
CREATE INDEX ix_family_member_member_id_id ON family_member (member_id, id);
CREATE INDEX ix_member_original_age_birth_date ON member (original_age, birth_date);
CREATE INDEX ix_member_approved_month ON member (approved_month) WHERE approved_month IS NOT NULL;
CREATE INDEX ix_member_retired_on ON member (retired_on) WHERE retired_on IS NOT NULL;
CREATE INDEX ix_member_former_person ON member (id_number_index) WHERE standing IN ('withdrawn', 'deemed_withdrawn', 'expelled', 'deceased');
CREATE INDEX ix_member_figures ON member (unit_id, gender, employment) WHERE standing IN ('active', 'transferring');
CREATE INDEX ix_member_birthday ON member (birth_month, birth_day, id) WHERE standing IN ('active', 'transferring');
CREATE UNIQUE INDEX uq_transfer_open_member ON transfer (member_id) WHERE state IN ('requested', 'released', 'accepted');
CREATE INDEX ix_transfer_member_id_requested_at_id ON transfer (member_id, requested_at, id);
CREATE INDEX ix_transfer_state_requested_at_id ON transfer (state, requested_at, id);
CREATE INDEX ix_transfer_requested_at_id ON transfer (requested_at, id);
CREATE INDEX ix_transfer_effective_on_id ON transfer (effective_on, id);
CREATE INDEX ix_transfer_from_unit_id_requested_at_id ON transfer (from_unit_id, requested_at, id);
CREATE INDEX ix_transfer_to_unit_id_requested_at_id ON transfer (to_unit_id, requested_at, id);
CREATE INDEX ix_transfer_state_effective_on ON transfer (state, effective_on);
CREATE INDEX ix_transfer_step_transfer_id_id ON transfer_step (transfer_id, id);
CREATE INDEX ix_standing_change_member_id_id ON standing_change (member_id, id);
CREATE INDEX ix_standing_change_kind_id ON standing_change (kind, id);
CREATE INDEX ix_standing_change_unit_id_id ON standing_change (unit_id, id);
CREATE INDEX ix_standing_change_effective_on_id ON standing_change (effective_on, id);
CREATE UNIQUE INDEX uq_leave_request_asked ON leave_request (member_id) WHERE state = 'requested';
CREATE INDEX ix_leave_request_member_id_id ON leave_request (member_id, id);
CREATE INDEX ix_leave_request_state_id ON leave_request (state, id);
CREATE INDEX ix_dues_exemption_member_id_starts_on ON dues_exemption (member_id, starts_on);
CREATE INDEX ix_dues_charge_month_unit_id ON dues_charge (month, unit_id);
CREATE INDEX ix_dues_charge_owed ON dues_charge (unit_id, month, member_id) WHERE paid < due;
CREATE INDEX ix_dues_adjustment_member_id_month ON dues_adjustment (member_id, month);
CREATE INDEX ix_dues_payment_member_id_month ON dues_payment (member_id, month);
CREATE INDEX ix_dues_payment_posting_id ON dues_payment (posting_id);
CREATE INDEX ix_dues_refund_state_id ON dues_refund (state, id);
CREATE INDEX ix_dues_refund_open ON dues_refund (member_id, month) WHERE state = 'asked';
CREATE INDEX ix_dues_reminder_open ON dues_reminder (member_id) WHERE settled_at IS NULL;
CREATE INDEX ix_dues_file_kind_id ON dues_file (kind, id);
CREATE INDEX ix_dues_file_row_file_id_member_id ON dues_file_row (file_id, member_id);
CREATE INDEX ix_dues_file_row_file_id_verdict ON dues_file_row (file_id, verdict, "row");
CREATE INDEX ix_roster_import_kept_until ON roster_import (kept_until) WHERE erased_at IS NULL;
CREATE INDEX ix_roster_problem_import_id_row_id ON roster_problem (import_id, "row", id);
CREATE INDEX ix_roster_problem_import_id_kind_row_id ON roster_problem (import_id, kind, "row", id);
CREATE INDEX ix_roster_problem_import_id_field_row_id ON roster_problem (import_id, field, "row", id);
CREATE INDEX ix_member_name_birth_date ON member (name, birth_date);
CREATE INDEX ix_hr_record_state_received_at_id ON hr_record (state, received_at, id);
CREATE INDEX ix_hr_record_member_id ON hr_record (member_id);
CREATE INDEX ix_hr_record_received_at_id ON hr_record (received_at, id);
CREATE INDEX ix_hr_record_open_kind ON hr_record (kind, id) WHERE state = 'open';
CREATE INDEX ix_member_left_on_id ON member (left_on, id) WHERE left_on IS NOT NULL;
CREATE UNIQUE INDEX uq_correction_asked ON correction (member_id, field) WHERE state = 'asked';
CREATE INDEX ix_correction_member_id_id ON correction (member_id, id);
CREATE INDEX ix_correction_state_id ON correction (state, id);
CREATE INDEX ix_dues_charge_over ON dues_charge (member_id, month) WHERE paid > due;
CREATE UNIQUE INDEX uq_dues_base_open ON dues_base (member_id) WHERE ends_on IS NULL;
COMMIT;
