-- people.sqlite as the first version of the planner wrote it (tables p001); the people in it are made up
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('p001');
CREATE TABLE code_phrases (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	phrase TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id)
);
INSERT INTO "code_phrases" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','a');
CREATE TABLE people (
	org_id VARCHAR(36) NOT NULL, 
	run_id VARCHAR(36) NOT NULL, 
	person_id VARCHAR(36) NOT NULL, 
	natural_key TEXT NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	postcode TEXT NOT NULL, 
	PRIMARY KEY (org_id, run_id, person_id), 
	CONSTRAINT one_person_once UNIQUE (org_id, run_id, natural_key)
);
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','abb7a49c-18a9-4ded-aa47-242774d770e7','person06@example.org','P-4T2ESD','=1+1','PERSON06@EXAMPLE.ORG','D02 X285');
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','223b6cff-fa93-4010-ab75-f4be49ce9ae5','person02@example.org','P-DEER3F','Dodano Synthetic-02','person02@example.org','2000');
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','f601114c-3294-4429-ac56-589a90a7e112','person04@example.org','P-EV2GU5','ZÉDANO SYNTHETIC-04','person04@example.org','100-0001');
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','153ea2bc-f2ac-4632-b83e-35829b7b6848','person01@example.org','P-FMBFWU','Lutavi Synthetic-01','person01@example.org','95060');
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','1c574779-2194-427d-ab3e-144580dea8f7','person05@example.org','P-GPXAL4','Zébira Synthetic-05','person05@example.org','V5K 0A1');
INSERT INTO "people" VALUES('home','d54dd265-8474-4634-b10f-ddb5b487d821','6349cd70-3f2e-44d0-802c-9d4b8ee57646','person03@example.org','P-ZEG77Q','Petavi Synthetic-03','person03@example.org','95060');
COMMIT;
