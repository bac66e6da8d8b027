-- runs.sqlite as the first version of the planner wrote it (tables r001); the people in it are made up
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('r001');
CREATE TABLE audit (
	position INTEGER NOT NULL, 
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	action VARCHAR(24) NOT NULL, 
	detail TEXT NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (position)
);
INSERT INTO "audit" VALUES(1,'home','d54dd265-8474-4634-b10f-ddb5b487d821','2026-11-26T22:02:23+00:00','save','''Class of 2026-2027'' saved: 23 rows added, 0 changed, 0 removed','0000000000000000000000000000000000000000000000000000000000000000','c46686543d64a33644ad499bbd4d75063d4ae9bf6eba776519c89aeb7c997f4d');
INSERT INTO "audit" VALUES(2,'home','d54dd265-8474-4634-b10f-ddb5b487d821','2026-11-26T22:02:24+00:00','publish','16 events','c46686543d64a33644ad499bbd4d75063d4ae9bf6eba776519c89aeb7c997f4d','eca0c742a0b82a707cb536603621db38b91605b9b90911814119cf9749234601');
CREATE TABLE buddies (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	person_id VARCHAR(36) NOT NULL, 
	others TEXT NOT NULL, 
	explanation TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id, person_id), 
	FOREIGN KEY(org_id, run_id, person_id) REFERENCES participants (org_id, run_id, person_id) ON DELETE CASCADE
);
INSERT INTO "buddies" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','abb7a49c-18a9-4ded-aa47-242774d770e7','[]','{"candidates": 2, "removed": [["same site", 0], ["no common language", 0], ["no common free hour", 1]], "left": 1, "hours": 0, "languages": []}');
INSERT INTO "buddies" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','1c574779-2194-427d-ab3e-144580dea8f7','["6349cd70-3f2e-44d0-802c-9d4b8ee57646"]','{"candidates": 2, "removed": [["same site", 0], ["no common language", 0], ["no common free hour", 1]], "left": 1, "hours": 8, "languages": ["English"]}');
INSERT INTO "buddies" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','6349cd70-3f2e-44d0-802c-9d4b8ee57646','["1c574779-2194-427d-ab3e-144580dea8f7"]','{"candidates": 2, "removed": [["same site", 0], ["no common language", 0], ["no common free hour", 0]], "left": 2, "hours": 8, "languages": ["English"]}');
CREATE TABLE decisions (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	person_id VARCHAR(36) NOT NULL, 
	outcome VARCHAR(24) NOT NULL, 
	place INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id, person_id), 
	FOREIGN KEY(org_id, run_id, person_id) REFERENCES participants (org_id, run_id, person_id) ON DELETE CASCADE
);
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','abb7a49c-18a9-4ded-aa47-242774d770e7','accepted',0,'priority: local work; has taken the introductory workshop');
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','223b6cff-fa93-4010-ab75-f4be49ce9ae5','refused',0,'has not taken the introductory workshop, which this run requires');
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','f601114c-3294-4429-ac56-589a90a7e112','refused',0,'has not taken the introductory workshop, which this run requires');
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','153ea2bc-f2ac-4632-b83e-35829b7b6848','refused',0,'has not taken the introductory workshop, which this run requires');
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','1c574779-2194-427d-ab3e-144580dea8f7','accepted',0,'priority: local work; has taken the introductory workshop');
INSERT INTO "decisions" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','6349cd70-3f2e-44d0-802c-9d4b8ee57646','accepted',0,'priority: team; has taken the introductory workshop');
CREATE TABLE events (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	uid VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id, uid), 
	FOREIGN KEY(org_id, run_id) REFERENCES runs (org_id, run_id)
);
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','b1e2f5e7-2f6b-51c1-891f-20c9b59147bc','{"cancelled": false, "kind": "deadline", "minutes": 0, "name": "Early bird ends", "note": "", "proposed": [], "sequence": 0, "starts": "2026-03-31", "uid": "b1e2f5e7-2f6b-51c1-891f-20c9b59147bc", "zone": ""}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','eb8c9ddd-c750-5e70-b7c2-7291043c4300','{"cancelled": false, "kind": "deadline", "minutes": 0, "name": "Applications close", "note": "", "proposed": [], "sequence": 0, "starts": "2026-05-15", "uid": "eb8c9ddd-c750-5e70-b7c2-7291043c4300", "zone": ""}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','b5eacb25-8a59-5880-9d96-2cb6fcdea4ef','{"cancelled": false, "kind": "year", "minutes": 0, "name": "The year begins", "note": "", "proposed": [], "sequence": 0, "starts": "2026-06-22", "uid": "b5eacb25-8a59-5880-9d96-2cb6fcdea4ef", "zone": ""}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','10165b60-a878-5efb-8cd1-dfaa9887ea24','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-07-14T09:00:00", "uid": "10165b60-a878-5efb-8cd1-dfaa9887ea24", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','7e70e61a-5c6b-56b8-aa3a-a5b2fd0b7e2a','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-08-11T09:00:00", "uid": "7e70e61a-5c6b-56b8-aa3a-a5b2fd0b7e2a", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','34dc9fca-5acf-5ed2-a2bd-462961f8939b','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-09-08T09:00:00", "uid": "34dc9fca-5acf-5ed2-a2bd-462961f8939b", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','a6875aa9-3b2b-59b9-9ab9-13f2ae47022a','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-10-13T09:00:00", "uid": "a6875aa9-3b2b-59b9-9ab9-13f2ae47022a", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','cf8b1a49-50d9-54fe-9886-d785a84eaa50','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-11-10T09:00:00", "uid": "cf8b1a49-50d9-54fe-9886-d785a84eaa50", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','850b7229-0e4a-5d0f-b4f1-be14c41be8ec','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2026-12-08T09:00:00", "uid": "850b7229-0e4a-5d0f-b4f1-be14c41be8ec", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','d5339559-5fc7-5c85-adb0-4b59267b628a','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-01-12T09:00:00", "uid": "d5339559-5fc7-5c85-adb0-4b59267b628a", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','567ddbbf-7c1a-5bec-bb49-1d71e0b846d2','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-02-09T09:00:00", "uid": "567ddbbf-7c1a-5bec-bb49-1d71e0b846d2", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','bcd7308f-a2ff-522a-a3b7-abc66493f8cb','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-03-09T09:00:00", "uid": "bcd7308f-a2ff-522a-a3b7-abc66493f8cb", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','41445c59-b7ef-5849-934c-496964baa867','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-04-13T09:00:00", "uid": "41445c59-b7ef-5849-934c-496964baa867", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','01ce940d-6711-552c-af7f-74a2cf277706','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-05-11T09:00:00", "uid": "01ce940d-6711-552c-af7f-74a2cf277706", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','770476dc-895c-54a0-9db7-2438d1ff4a40','{"cancelled": false, "kind": "call", "minutes": 60, "name": "monthly call", "note": "", "proposed": ["day", "start", "zone", "minutes"], "sequence": 0, "starts": "2027-06-08T09:00:00", "uid": "770476dc-895c-54a0-9db7-2438d1ff4a40", "zone": "America/New_York"}');
INSERT INTO "events" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','5358d17f-e8dc-526f-a31c-c4606d257481','{"cancelled": false, "kind": "year", "minutes": 0, "name": "The year ends", "note": "", "proposed": [], "sequence": 0, "starts": "2027-07-12", "uid": "5358d17f-e8dc-526f-a31c-c4606d257481", "zone": ""}');
CREATE TABLE participants (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	person_id VARCHAR(36) NOT NULL, 
	answers TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id, person_id), 
	FOREIGN KEY(org_id, run_id) REFERENCES runs (org_id, run_id)
);
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','abb7a49c-18a9-4ded-aa47-242774d770e7','{"alumni": true, "champion": false, "country": "Ireland", "free": [[0, 1080, 1320], [2, 360, 600], [4, 420, 660], [6, 1020, 1320]], "languages": ["English"], "local_work": true, "site": "EXAMPLE FJORD SCOOL", "student": false, "submitted": "2026-04-03T21:10:00", "team": "", "time_zone": "Europe/Copenhagen"}');
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','223b6cff-fa93-4010-ab75-f4be49ce9ae5','{"alumni": false, "champion": true, "country": "Australia", "free": [[0, 420, 660], [2, 960, 1260], [3, 480, 660], [4, 1080, 1320]], "languages": ["English"], "local_work": true, "site": "Example Gumtree College", "student": false, "submitted": "2026-03-17T12:05:00", "team": "Gumtree team", "time_zone": "Australia/Sydney"}');
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','f601114c-3294-4429-ac56-589a90a7e112','{"alumni": false, "champion": false, "country": "Japan", "free": [[0, 420, 660], [3, 960, 1260], [4, 420, 600], [5, 1080, 1320]], "languages": ["Japanese"], "local_work": true, "site": "Example Maple School", "student": false, "submitted": "2026-03-22T21:05:00", "team": "", "time_zone": "Asia/Tokyo"}');
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','153ea2bc-f2ac-4632-b83e-35829b7b6848','{"alumni": false, "champion": false, "country": "United States", "free": [[3, 1080, 1320], [4, 1020, 1320], [5, 420, 600], [6, 420, 660]], "languages": ["English"], "local_work": false, "site": "Example Redwood District", "student": false, "submitted": "2026-03-25T16:05:00", "team": "", "time_zone": "America/Los_Angeles"}');
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','1c574779-2194-427d-ab3e-144580dea8f7','{"alumni": true, "champion": false, "country": "Canada", "free": [[0, 960, 1260], [3, 1080, 1320], [4, 420, 660], [5, 360, 600]], "languages": ["English", "French"], "local_work": true, "site": "Example Cedar Learning Centre", "student": false, "submitted": "2026-02-26T21:05:00", "team": "", "time_zone": "America/Vancouver"}');
INSERT INTO "participants" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','6349cd70-3f2e-44d0-802c-9d4b8ee57646','{"alumni": true, "champion": false, "country": "United States", "free": [[0, 1080, 1320], [3, 960, 1260], [5, 420, 660], [6, 360, 600]], "languages": ["English", "Spanish"], "local_work": false, "site": "Example Redwood District", "student": true, "submitted": "2026-04-18T12:05:00", "team": "Redwood team", "time_zone": "America/Los_Angeles"}');
CREATE TABLE runs (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	programme TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	sources TEXT NOT NULL, 
	seats INTEGER, 
	tzdata VARCHAR(16) NOT NULL, 
	PRIMARY KEY (org_id, run_id), 
	CONSTRAINT one_run_of_a_name UNIQUE (org_id, name)
);
INSERT INTO "runs" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','Class of 2026-2027','master-practitioners-2026','{"id":"master-practitioners-2026","title":"Compassionate Systems Master Practitioners, Class of 2026–2027","dates":{"starts":"2026-06-22","ends":"2027-07-12"},"deadlines":{"application":"2026-05-15","early_bird":"2026-03-31"},"in_person":{"meetings":1,"length_each":"a week","where":"Canada"},"workshops":[],"calls":[{"name":"monthly call","every":"month"}],"capacity":{},"eligibility":{"alumni":"required","priorities":["team","local work"]},"teams":{},"support":{},"project":{},"portfolio":{},"commitments":{},"qualification":{},"afterwards":{},"price":{},"faculty":{"facilitators":["Mette Boell","Peter Senge"]}}','{"calls.monthly call.every": "S2 l.8 \"monthly\"", "calls.monthly call.name": "S2 l.8 \"monthly virtual convenings\"", "dates.ends": "S2 l.9 \"July 12, 2027\"", "dates.starts": "S2 l.9 \"June 22, 2026\"", "deadlines.application": "S2 l.30 \"May 15, 2026\"", "deadlines.early_bird": "S2 l.31 \"March 31, 2026\"", "eligibility.alumni": "S2 l.38 \"only those\"", "eligibility.priorities": "S2 l.38 \"in teams\", l.38 \"local communities\"", "faculty.facilitators": "S2 l.10 \"Mette Boell\", l.10 \"Peter Senge\"", "in_person.length_each": "S2 l.8 \"one-week\"", "in_person.meetings": "S2 l.8 \"one-week\"", "in_person.where": "S2 l.8 \"Canada\"", "title": "S2 l.6 \"2026-2027\""}',4,'2026f');
CREATE TRIGGER audit_keeps_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
CREATE TRIGGER audit_keeps_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
COMMIT;
