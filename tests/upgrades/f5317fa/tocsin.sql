BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	delivery INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	n INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	outcome VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(delivery) REFERENCES delivery (id)
);
CREATE TABLE calendarimport (
	id INTEGER NOT NULL, 
	schedule VARCHAR NOT NULL, 
	uid TEXT NOT NULL, 
	override INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(override) REFERENCES scheduleoverride (id), 
	UNIQUE (schedule, uid)
);
CREATE TABLE chain (
	subject VARCHAR NOT NULL, 
	n INTEGER NOT NULL, 
	head VARCHAR NOT NULL, 
	PRIMARY KEY (subject)
);
INSERT INTO "chain" VALUES('schedule:primary-oncall',4,'76b71ec319b9237ac7cac9b28ea37e362bc26b3fef928a6b2fe2ec15c4de6cf9');
INSERT INTO "chain" VALUES('schedule:secondary-oncall',1,'eaf162e7bd5f48a45f0ce43e20bc7e1c33d4e83140ae15fc776f7e89bf0bb2d1');
INSERT INTO "chain" VALUES('schedule:ic-oncall',1,'d68dd898bb87532dc64d400b938bd960d7c5b9f9bc57b7838d8e2d0659738507');
INSERT INTO "chain" VALUES('counter:incident',3,'');
INSERT INTO "chain" VALUES('incident:1',53,'47ad1acb9e5345ed5b00868eb0f7b724060825a40c83cc4bae715db4149f953b');
INSERT INTO "chain" VALUES('incident:2',14,'78688f6d350129f1045198d772fc78fcd2df5e83d94c60641673df6a612ef40f');
INSERT INTO "chain" VALUES('incident:3',14,'488730376329ca99b7a4c29dc4ddc6802b406e51a8feaa43e604118eec5996c0');
CREATE TABLE coverrequest (
	id INTEGER NOT NULL, 
	schedule VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	partner VARCHAR, 
	gives JSON NOT NULL, 
	takes JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	taken_by VARCHAR, 
	settled_at DATETIME, 
	channel VARCHAR, 
	ts VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "coverrequest" VALUES(1,'primary-oncall','U01ANA','2026-11-22 09:40:00.000000','2026-11-22 12:40:00.000000','dentist',NULL,'[]','[]','taken','2026-11-21 03:40:00.000000','U01BO','2026-11-21 03:40:00.000000','C0INCIDENTS','1795230000.000105');
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	escalation INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answer VARCHAR, 
	rationale TEXT NOT NULL, 
	"by" VARCHAR, 
	at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(escalation) REFERENCES escalation (id), 
	FOREIGN KEY(incident) REFERENCES incident (number), 
	UNIQUE (escalation)
);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	lane VARCHAR NOT NULL, 
	"after" INTEGER, 
	once VARCHAR, 
	asks VARCHAR, 
	priority INTEGER NOT NULL, 
	payload JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	not_before DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	ambiguous_since DATETIME, 
	lease VARCHAR, 
	lease_until DATETIME, 
	settled_at DATETIME, 
	result JSON, 
	rendered TEXT, 
	error TEXT, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "delivery" VALUES(1,'announce:1','announce','announcement:1',NULL,NULL,NULL,1,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(2,'room-question:1@incident:1.2','room.question','dm:U01ANA',NULL,'room-question:1',NULL,3,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,'room:1:create:1','room.create','room:1',NULL,NULL,NULL,1,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(4,'page:1:slack','page','page:1:slack',NULL,NULL,NULL,0,'{"page": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,'page:1:email','page.way','page:1:email',NULL,NULL,NULL,0,'{"page": 1, "via": "email"}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(6,'page:1:edit@incident:1.7','page.edit','page:1:slack',NULL,'page:1:edit',NULL,1,'{"page": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(7,'room:1:invite:C0ROOM','room.invite','invite:1',NULL,NULL,NULL,2,'{"incident": 1, "people": ["U01ANA"]}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(8,'room:1:card:C0ROOM','room.card','card:1',NULL,NULL,NULL,2,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(9,'room:1:topic:C0ROOM','room.topic','topic:1',NULL,NULL,NULL,2,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(10,'room:1:bookmark:C0ROOM','room.bookmark','bookmark:1',NULL,NULL,NULL,2,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(11,'room:1:pin:1795230000.000008','room.pin','pin:1',NULL,NULL,NULL,2,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(12,'card:1@incident:1.10','card.refresh','card:1',11,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(13,'topic:1@incident:1.10','room.topic','topic:1',11,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(14,'announcement:1@incident:1.10','announcement.refresh','announcement:1',11,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(15,'page:1:edit@incident:1.10','page.edit','page:1:slack',11,'page:1:edit',NULL,1,'{"page": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(16,'ladder:1@incident:1.10','ladder','ladder:1',11,'ladder:1',NULL,6,'{"incident": 1, "escalation": 1}','sent','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:00:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(17,'page:1:edit@incident:1.11','page.edit','page:1:slack',NULL,'page:1:edit',NULL,1,'{"page": 1}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(18,'ladder:1@incident:1.11','ladder','ladder:1',NULL,'ladder:1',NULL,6,'{"incident": 1, "escalation": 1}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(19,'ladder:1:declined:1','ladder.reply','ladder:1',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 1, "template": "ladder_declined", "person": "U01ANA", "reason": "on a train"}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(20,'ladder:1:level:0:1','ladder.reply','ladder:1',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 1, "template": "ladder_level", "level": 1, "repeat": 0, "people": ["U01BO"]}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(21,'card:1@incident:1.12','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(22,'topic:1@incident:1.12','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(23,'announcement:1@incident:1.12','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(24,'page:2:slack','page','page:2:slack',NULL,NULL,NULL,0,'{"page": 2}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(25,'page:2:email','page.way','page:2:email',NULL,NULL,NULL,0,'{"page": 2, "via": "email"}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(26,'page:2:edit@incident:1.15','page.edit','page:2:slack',NULL,'page:2:edit',NULL,1,'{"page": 2}','sent','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:02:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(27,'page:2:edit@incident:1.16','page.edit','page:2:slack',NULL,'page:2:edit',NULL,1,'{"page": 2}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(28,'ladder:1@incident:1.16','ladder','ladder:1',NULL,'ladder:1',NULL,6,'{"incident": 1, "escalation": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(29,'ladder:1:level:0:2','ladder.reply','ladder:1',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 1, "template": "ladder_level", "level": 2, "repeat": 0, "people": ["U01BO", "U01CY", "U01DEE"]}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(30,'card:1@incident:1.16','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(31,'topic:1@incident:1.16','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(32,'announcement:1@incident:1.16','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(33,'page:3:slack','page','page:3:slack',NULL,NULL,NULL,0,'{"page": 3}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(34,'page:3:email','page.way','page:3:email',NULL,NULL,NULL,0,'{"page": 3, "via": "email"}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(35,'page:4:slack','page','page:4:slack',NULL,NULL,NULL,0,'{"page": 4}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(36,'page:4:email','page.way','page:4:email',NULL,NULL,NULL,0,'{"page": 4, "via": "email"}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(37,'page:5:slack','page','page:5:slack',NULL,NULL,NULL,0,'{"page": 5}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(38,'page:5:email','page.way','page:5:email',NULL,NULL,NULL,0,'{"page": 5, "via": "email"}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(39,'page:3:edit@incident:1.21','page.edit','page:3:slack',NULL,'page:3:edit',NULL,1,'{"page": 3}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(40,'page:4:edit@incident:1.23','page.edit','page:4:slack',NULL,'page:4:edit',NULL,1,'{"page": 4}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(41,'page:5:edit@incident:1.25','page.edit','page:5:slack',NULL,'page:5:edit',NULL,1,'{"page": 5}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(42,'page:2:edit@incident:1.27','page.edit','page:2:slack',NULL,'page:2:edit',NULL,1,'{"page": 2}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(43,'page:3:edit@incident:1.27','page.edit','page:3:slack',NULL,'page:3:edit',NULL,1,'{"page": 3}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(44,'page:4:edit@incident:1.27','page.edit','page:4:slack',NULL,'page:4:edit',NULL,1,'{"page": 4}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(45,'page:5:edit@incident:1.27','page.edit','page:5:slack',NULL,'page:5:edit',NULL,1,'{"page": 5}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(46,'ladder:1@incident:1.27','ladder','ladder:1',NULL,'ladder:1',NULL,6,'{"incident": 1, "escalation": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(47,'ladder:1:level:0:3','ladder.reply','ladder:1',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 1, "template": "ladder_level", "level": 3, "repeat": 0, "people": ["U01EVE"]}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(48,'card:1@incident:1.27','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(49,'topic:1@incident:1.27','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(50,'announcement:1@incident:1.27','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(51,'page:6:slack','page','page:6:slack',NULL,NULL,NULL,0,'{"page": 6}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(52,'page:6:email','page.way','page:6:email',NULL,NULL,NULL,0,'{"page": 6, "via": "email"}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(53,'page:6:edit@incident:1.30','page.edit','page:6:slack',NULL,'page:6:edit',NULL,1,'{"page": 6}','sent','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:08:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(54,'page:1:edit@incident:1.31','page.edit','page:1:slack',NULL,'page:1:edit',NULL,1,'{"page": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(55,'page:2:edit@incident:1.31','page.edit','page:2:slack',NULL,'page:2:edit',NULL,1,'{"page": 2}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(56,'page:3:edit@incident:1.31','page.edit','page:3:slack',NULL,'page:3:edit',NULL,1,'{"page": 3}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(57,'page:4:edit@incident:1.31','page.edit','page:4:slack',NULL,'page:4:edit',NULL,1,'{"page": 4}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(58,'page:5:edit@incident:1.31','page.edit','page:5:slack',NULL,'page:5:edit',NULL,1,'{"page": 5}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(59,'page:6:edit@incident:1.31','page.edit','page:6:slack',NULL,'page:6:edit',NULL,1,'{"page": 6}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(60,'ladder:1@incident:1.31','ladder','ladder:1',NULL,'ladder:1',NULL,6,'{"incident": 1, "escalation": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(61,'ladder:1:ack:2026-11-21T03:09:00+00:00','ladder.reply','ladder:1',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 1, "template": "ladder_ack", "person": "U01BO", "seconds": 540}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(62,'room:1:invite:ack:U01BO','room.invite','invite:1',NULL,NULL,NULL,2,'{"incident": 1, "people": ["U01BO"]}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(63,'card:1@incident:1.31','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(64,'topic:1@incident:1.31','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(65,'announcement:1@incident:1.31','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(66,'card:1@incident:1.33','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(67,'topic:1@incident:1.33','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(68,'announcement:1@incident:1.33','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(69,'room:1:invite:ic:U01DEE','room.invite','invite:1',NULL,NULL,NULL,2,'{"incident": 1, "people": ["U01DEE"]}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(70,'ladder:2@incident:1.34','ladder','ladder:2',NULL,'ladder:2',NULL,6,'{"incident": 1, "escalation": 2}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(71,'page:7:slack','page','page:7:slack',NULL,NULL,NULL,0,'{"page": 7}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(72,'page:7:email','page.way','page:7:email',NULL,NULL,NULL,0,'{"page": 7, "via": "email"}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(73,'post:1:vendor:1','post','post:1',1,NULL,NULL,3,'{"incident": 1, "template": "vendor_case", "case": 1, "vendor": "aws", "ticket": "T-1", "until": "2026-11-21T03:24:00+00:00"}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(74,'page:7:edit@incident:1.40','page.edit','page:7:slack',NULL,'page:7:edit',NULL,1,'{"page": 7}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(75,'card:1@incident:1.41','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(76,'topic:1@incident:1.41','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(77,'announcement:1@incident:1.41','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(78,'post:1:update:1','post','post:1',1,NULL,NULL,3,'{"incident": 1, "template": "update", "update": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(79,'announce:1:update:1','announcement.reply','announcement:1',NULL,NULL,NULL,3,'{"incident": 1, "template": "update", "update": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(80,'card:1@incident:1.43','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(81,'topic:1@incident:1.43','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(82,'announcement:1@incident:1.43','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(83,'page:7:edit@redraw:7:c2239490e2284a71992c8f12d97d58f5','page.edit','page:7:slack',NULL,'page:7:edit',NULL,1,'{"page": 7}','sent','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:09:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(84,'page:7:edit@incident:1.45','page.edit','page:7:slack',NULL,'page:7:edit',NULL,1,'{"page": 7}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(85,'ladder:2@incident:1.45','ladder','ladder:2',NULL,'ladder:2',NULL,6,'{"incident": 1, "escalation": 2}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(86,'ladder:2:level:1:0','ladder.reply','ladder:2',NULL,NULL,NULL,6,'{"incident": 1, "escalation": 2, "template": "ladder_level", "level": 0, "repeat": 1, "people": ["U01CY"]}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(87,'card:1@incident:1.45','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(88,'topic:1@incident:1.45','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(89,'announcement:1@incident:1.45','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(90,'page:8:slack','page','page:8:slack',NULL,NULL,NULL,0,'{"page": 8}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(91,'page:8:email','page.way','page:8:email',NULL,NULL,NULL,0,'{"page": 8, "via": "email"}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(92,'post:1:vendor:1:silent:1','post','post:1',1,NULL,NULL,3,'{"incident": 1, "template": "vendor_silent", "case": 1, "vendor": "aws", "ticket": "T-1", "state": "silent", "since": "2026-11-21T03:24:00+00:00"}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(93,'page:8:edit@incident:1.49','page.edit','page:8:slack',NULL,'page:8:edit',NULL,1,'{"page": 8}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(94,'reword:post:1:vendor:1:silent:1','reword','reword:post:1:vendor:1:silent:1',92,NULL,NULL,4,'{"incident": 1, "case": 1, "vendor": "aws", "ticket": "T-1", "state": "answered", "seconds": 1860, "template": "vendor_silent", "of": "post:1:vendor:1:silent:1"}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(95,'post:1:resolved:2026-11-21T03:40:00+00:00','post','post:1',1,NULL,NULL,3,'{"incident": 1, "template": "resolved"}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(96,'card:1@incident:1.51','card.refresh','card:1',NULL,'card:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(97,'topic:1@incident:1.51','room.topic','topic:1',NULL,'topic:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(98,'announcement:1@incident:1.51','announcement.refresh','announcement:1',NULL,'announcement:1',NULL,4,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(99,'announce:1:resolved:2026-11-21T03:40:00+00:00','announcement.reply','announcement:1',NULL,NULL,NULL,3,'{"incident": 1, "template": "resolved"}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(100,'page:7:edit@incident:1.52','page.edit','page:7:slack',NULL,'page:7:edit',NULL,1,'{"page": 7}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(101,'page:8:edit@incident:1.52','page.edit','page:8:slack',NULL,'page:8:edit',NULL,1,'{"page": 8}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(102,'ladder:2@incident:1.52','ladder','ladder:2',NULL,'ladder:2',NULL,6,'{"incident": 1, "escalation": 2}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(103,'postmortem:1:file:2026-11-21T03:40:00+00:00','postmortem.file','postmortem:1',95,NULL,NULL,6,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(104,'postmortem:1:canvas:2026-11-21T03:40:00+00:00','postmortem.canvas','canvas:1',95,NULL,NULL,6,'{"incident": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(105,'cover:1:ask','cover','cover:1',NULL,NULL,NULL,3,'{"cover": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(106,'cover:1:edit@schedule:primary-oncall.4','cover.edit','cover:1',NULL,'cover:1:edit',NULL,6,'{"cover": 1}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(107,'dm:cover:1:taken','dm','dm:U01ANA',NULL,NULL,NULL,3,'{"person": "U01ANA", "template": "cover_told", "values": {"cover": 1, "schedule": "primary-oncall", "state": "taken", "by": "U01BO"}}','sent','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 03:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(108,'room-question:2@incident:2.2','room.question','dm:U01LI',NULL,'room-question:2',NULL,3,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(109,'room:2:create:1','room.create','room:2',NULL,NULL,NULL,1,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(110,'page:9:slack','page','page:9:slack',NULL,NULL,NULL,0,'{"page": 9}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(111,'page:9:email','page.way','page:9:email',NULL,NULL,NULL,0,'{"page": 9, "via": "email"}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(112,'page:9:edit@incident:2.7','page.edit','page:9:slack',NULL,'page:9:edit',NULL,1,'{"page": 9}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(113,'room:2:invite:C0ROOM','room.invite','invite:2',NULL,NULL,NULL,2,'{"incident": 2, "people": ["U01LI", "U01ANA"]}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(114,'room:2:card:C0ROOM','room.card','card:2',NULL,NULL,NULL,2,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(115,'room:2:topic:C0ROOM','room.topic','topic:2',NULL,NULL,NULL,2,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(116,'room:2:bookmark:C0ROOM','room.bookmark','bookmark:2',NULL,NULL,NULL,2,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(117,'room:2:pin:1795230000.000114','room.pin','pin:2',NULL,NULL,NULL,2,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(118,'card:2@incident:2.9','card.refresh','card:2',117,'card:2',NULL,4,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(119,'topic:2@incident:2.9','room.topic','topic:2',117,'topic:2',NULL,4,'{"incident": 2}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(120,'page:9:edit@incident:2.9','page.edit','page:9:slack',117,'page:9:edit',NULL,1,'{"page": 9}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(121,'ladder:3@incident:2.9','ladder','ladder:3',117,'ladder:3',NULL,6,'{"incident": 2, "escalation": 3}','sent','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:40:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(122,'announce:3','announce','announcement:3',NULL,NULL,NULL,1,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(123,'room-question:3@incident:3.2','room.question','dm:U01LI',NULL,'room-question:3',NULL,3,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(124,'room:3:create:1','room.create','room:3',NULL,NULL,NULL,1,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(125,'page:10:slack','page','page:10:slack',NULL,NULL,NULL,0,'{"page": 10}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(126,'page:10:email','page.way','page:10:email',NULL,NULL,NULL,0,'{"page": 10, "via": "email"}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(127,'page:10:edit@incident:3.7','page.edit','page:10:slack',NULL,'page:10:edit',NULL,1,'{"page": 10}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(128,'room:3:invite:C0ROOM','room.invite','invite:3',NULL,NULL,NULL,2,'{"incident": 3, "people": ["U01LI", "U01ANA"]}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(129,'room:3:card:C0ROOM','room.card','card:3',NULL,NULL,NULL,2,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(130,'room:3:topic:C0ROOM','room.topic','topic:3',NULL,NULL,NULL,2,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(131,'room:3:bookmark:C0ROOM','room.bookmark','bookmark:3',NULL,NULL,NULL,2,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(132,'room:3:pin:1795230000.000129','room.pin','pin:3',NULL,NULL,NULL,2,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(133,'card:3@incident:3.10','card.refresh','card:3',132,'card:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(134,'topic:3@incident:3.10','room.topic','topic:3',132,'topic:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(135,'announcement:3@incident:3.10','announcement.refresh','announcement:3',132,'announcement:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(136,'page:10:edit@incident:3.10','page.edit','page:10:slack',132,'page:10:edit',NULL,1,'{"page": 10}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(137,'ladder:4@incident:3.10','ladder','ladder:4',132,'ladder:4',NULL,6,'{"incident": 3, "escalation": 4}','sent','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:41:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(138,'page:9:edit@incident:2.11','page.edit','page:9:slack',NULL,'page:9:edit',NULL,1,'{"page": 9}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(139,'ladder:3@incident:2.11','ladder','ladder:3',NULL,'ladder:3',NULL,6,'{"incident": 2, "escalation": 3}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(140,'ladder:3:level:0:1','ladder.reply','ladder:3',NULL,NULL,NULL,6,'{"incident": 2, "escalation": 3, "template": "ladder_level", "level": 1, "repeat": 0, "people": ["U01BO"]}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(141,'card:2@incident:2.11','card.refresh','card:2',NULL,'card:2',NULL,4,'{"incident": 2}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(142,'topic:2@incident:2.11','room.topic','topic:2',NULL,'topic:2',NULL,4,'{"incident": 2}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(143,'page:11:slack','page','page:11:slack',NULL,NULL,NULL,0,'{"page": 11}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(144,'page:11:email','page.way','page:11:email',NULL,NULL,NULL,0,'{"page": 11, "via": "email"}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(145,'page:10:edit@incident:3.11','page.edit','page:10:slack',NULL,'page:10:edit',NULL,1,'{"page": 10}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(146,'ladder:4@incident:3.11','ladder','ladder:4',NULL,'ladder:4',NULL,6,'{"incident": 3, "escalation": 4}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(147,'ladder:4:level:0:1','ladder.reply','ladder:4',NULL,NULL,NULL,6,'{"incident": 3, "escalation": 4, "template": "ladder_level", "level": 1, "repeat": 0, "people": ["U01BO"]}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(148,'card:3@incident:3.11','card.refresh','card:3',NULL,'card:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(149,'topic:3@incident:3.11','room.topic','topic:3',NULL,'topic:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(150,'announcement:3@incident:3.11','announcement.refresh','announcement:3',NULL,'announcement:3',NULL,4,'{"incident": 3}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(151,'page:12:slack','page','page:12:slack',NULL,NULL,NULL,0,'{"page": 12}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(152,'page:12:email','page.way','page:12:email',NULL,NULL,NULL,0,'{"page": 12, "via": "email"}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(153,'page:11:edit@incident:2.14','page.edit','page:11:slack',NULL,'page:11:edit',NULL,1,'{"page": 11}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(154,'page:12:edit@incident:3.14','page.edit','page:12:slack',NULL,'page:12:edit',NULL,1,'{"page": 12}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',1,NULL,NULL,NULL,'2026-11-21 04:47:00.000000',NULL,NULL,NULL);
CREATE TABLE donotdisturb (
	slack VARCHAR NOT NULL, 
	begins DATETIME NOT NULL, 
	ends DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (slack)
);
CREATE TABLE escalation (
	id INTEGER NOT NULL, 
	incident INTEGER, 
	kind VARCHAR NOT NULL, 
	parent INTEGER, 
	policy_name VARCHAR NOT NULL, 
	policy JSON NOT NULL, 
	reason VARCHAR NOT NULL, 
	decision JSON NOT NULL, 
	level INTEGER NOT NULL, 
	cycle INTEGER NOT NULL, 
	first_cycle INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	next_at DATETIME, 
	acknowledged_at DATETIME, 
	acknowledged_by VARCHAR, 
	confirmed_at DATETIME, 
	asked_at DATETIME, 
	paused_until DATETIME, 
	paused_by VARCHAR, 
	alarms INTEGER NOT NULL, 
	thread_channel VARCHAR, 
	thread_ts VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(incident) REFERENCES incident (number), 
	FOREIGN KEY(parent) REFERENCES escalation (id)
);
INSERT INTO "escalation" VALUES(1,1,'policy',NULL,'critical','{"levels": [{"to": ["schedule:primary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["schedule:secondary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["team:platform"], "via": ["slack"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["person:eve"], "via": ["slack", "phone"], "wait": null, "priority": null, "priorities": {}}], "severity": "SEV-1", "repeat": 3, "ack_timeout": 3600.0, "ack_timeout_from": null}','SEV-1 declared','{"by": "service", "severity": "SEV-1", "service": "checkout"}',3,0,0,'acknowledged','2026-11-21 03:00:00.000000',NULL,'2026-11-21 03:09:00.000000','U01BO','2026-11-21 03:09:00.000000',NULL,NULL,NULL,0,'C0ROOM','1795230000.000016');
INSERT INTO "escalation" VALUES(2,1,'asked',NULL,'by name','{"levels": [{"to": ["person:U01CY"], "via": [], "wait": 300.0}], "repeat": 2}','paged by U01CY','{"by": "hand", "severity": "SEV-1", "service": "checkout"}',0,1,0,'stopped','2026-11-21 03:09:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'C0ROOM','1795230000.000070');
INSERT INTO "escalation" VALUES(3,2,'policy',NULL,'critical','{"levels": [{"to": ["schedule:primary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["schedule:secondary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["team:platform"], "via": ["slack"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["person:eve"], "via": ["slack", "phone"], "wait": null, "priority": null, "priorities": {}}], "severity": "SEV-1", "repeat": 3, "ack_timeout": 3600.0, "ack_timeout_from": null}','SEV-1 declared','{"by": "severity", "severity": "SEV-1", "service": null}',1,0,0,'running','2026-11-21 04:40:00.000000','2026-11-21 04:52:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,0,'C0ROOM','1795230000.000121');
INSERT INTO "escalation" VALUES(4,3,'policy',NULL,'critical','{"levels": [{"to": ["schedule:primary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["schedule:secondary-oncall"], "via": ["slack", "phone"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["team:platform"], "via": ["slack"], "wait": 300.0, "priority": null, "priorities": {}}, {"to": ["person:eve"], "via": ["slack", "phone"], "wait": null, "priority": null, "priorities": {}}], "severity": "SEV-1", "repeat": 3, "ack_timeout": 3600.0, "ack_timeout_from": null}','SEV-1 declared','{"by": "severity", "severity": "SEV-1", "service": "search"}',1,0,0,'running','2026-11-21 04:41:00.000000','2026-11-21 04:52:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,0,'C0ROOM','1795230000.000137');
CREATE TABLE handoffnote (
	id INTEGER NOT NULL, 
	schedule VARCHAR NOT NULL, 
	start DATETIME NOT NULL, 
	since DATETIME NOT NULL, 
	outgoing JSON NOT NULL, 
	incoming JSON NOT NULL, 
	words TEXT NOT NULL, 
	edited_by VARCHAR, 
	taken_by VARCHAR, 
	taken_at DATETIME, 
	posts JSON NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (schedule, start)
);
CREATE TABLE handoffrating (
	id INTEGER NOT NULL, 
	note INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	score INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(note) REFERENCES handoffnote (id), 
	UNIQUE (note, person)
);
CREATE TABLE incident (
	number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	severity VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	service VARCHAR, 
	drill BOOLEAN NOT NULL, 
	private BOOLEAN NOT NULL, 
	declared_by VARCHAR NOT NULL, 
	origin_channel VARCHAR, 
	started_at DATETIME NOT NULL, 
	detected_at DATETIME NOT NULL, 
	declared_at DATETIME NOT NULL, 
	acknowledged_at DATETIME, 
	ic_assigned_at DATETIME, 
	mitigated_at DATETIME, 
	resolved_at DATETIME, 
	closed_at DATETIME, 
	impact TEXT NOT NULL, 
	focus TEXT NOT NULL, 
	resolution TEXT NOT NULL, 
	postmortem_owner VARCHAR, 
	update_count INTEGER NOT NULL, 
	next_update_at DATETIME, 
	room VARCHAR NOT NULL, 
	room_tries INTEGER NOT NULL, 
	room_since DATETIME, 
	channel_id VARCHAR, 
	channel_name VARCHAR, 
	card_ts VARCHAR, 
	announcement_channel VARCHAR, 
	announcement_ts VARCHAR, 
	postmortem_link VARCHAR, 
	pagerduty_id VARCHAR, 
	pagerduty_url VARCHAR, 
	PRIMARY KEY (number)
);
INSERT INTO "incident" VALUES(1,'Checkout returns 5xx','since the deploy','SEV-2','resolved','manual','checkout',0,0,'U01ANA',NULL,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000',NULL,'22 % of checkouts','rolling back','rolled back','U01DEE',1,NULL,'open',1,'2026-11-21 03:00:00.000000','C0ROOM','incident-20261121-checkout-returns-5xx','1795230000.000008','C0INCIDENTS','1795230000.000001','https://acme.slack.com/files/F1',NULL,NULL);
INSERT INTO "incident" VALUES(2,'Login is slow','','SEV-1','triage','manual',NULL,0,1,'U01LI',NULL,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000',NULL,NULL,NULL,NULL,NULL,'','','',NULL,0,'2026-11-21 05:10:00.000000','open',1,'2026-11-21 04:40:00.000000','C0ROOM','incident-20261121-login-is-slow','1795230000.000114',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "incident" VALUES(3,'Search is down','','SEV-1','triage','manual','search',0,0,'U01LI',NULL,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000',NULL,NULL,NULL,NULL,NULL,'','','',NULL,0,'2026-11-21 05:11:00.000000','open',1,'2026-11-21 04:41:00.000000','C0ROOM','incident-20261121-search-is-down','1795230000.000129','C0INCIDENTS','1795230000.000122',NULL,NULL,NULL);
CREATE TABLE journalentry (
	seq INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	n INTEGER NOT NULL, 
	fact VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	prev_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (subject, n)
);
INSERT INTO "journalentry" VALUES(1,'schedule:primary-oncall',1,'OnCallChanged','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"before":[],"people":["U01ANA"],"schedule":"primary-oncall","since":"2026-11-21T03:00:00+00:00"}','','284e269152f452922cc6f941857b7b14457659b656e0355185d91a5ac4b6df54');
INSERT INTO "journalentry" VALUES(2,'schedule:secondary-oncall',1,'OnCallChanged','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"before":[],"people":["U01BO"],"schedule":"secondary-oncall","since":"2026-11-21T03:00:00+00:00"}','','eaf162e7bd5f48a45f0ce43e20bc7e1c33d4e83140ae15fc776f7e89bf0bb2d1');
INSERT INTO "journalentry" VALUES(3,'schedule:ic-oncall',1,'OnCallChanged','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"before":[],"people":["U01EVE"],"schedule":"ic-oncall","since":"2026-11-21T03:00:00+00:00"}','','d68dd898bb87532dc64d400b938bd960d7c5b9f9bc57b7838d8e2d0659738507');
INSERT INTO "journalentry" VALUES(4,'incident:1',1,'IncidentDeclared','U01ANA','2026-11-21 03:00:00.000000','{"drill":false,"private":false,"service":"checkout","severity":"SEV-1","source":"manual","title":"Checkout returns 5xx"}','','66580c1e8fce496d3fc31611b92f9a9f2e39d7c47aa899479465434ce3fe68c3');
INSERT INTO "journalentry" VALUES(5,'incident:1',2,'RoomWanted','U01ANA','2026-11-21 03:00:00.000000','{"reason":"SEV-1 always gets a war room"}','66580c1e8fce496d3fc31611b92f9a9f2e39d7c47aa899479465434ce3fe68c3','587fb74aa4689814d58ee61bb3f2d694e15d8f62f6b58beda6c9e7c5087a877e');
INSERT INTO "journalentry" VALUES(6,'incident:1',3,'EscalationStarted','U01ANA','2026-11-21 03:00:00.000000','{"escalation":1,"policy":"critical","reason":"SEV-1 declared"}','587fb74aa4689814d58ee61bb3f2d694e15d8f62f6b58beda6c9e7c5087a877e','8ff10499ded930094106cb4a64905db33d058cb41acda468a2b215580f53667f');
INSERT INTO "journalentry" VALUES(7,'incident:1',4,'LevelReached','U01ANA','2026-11-21 03:00:00.000000','{"cycle":0,"escalation":1,"level":0,"people":["U01ANA"],"reason":"","repeat":0}','8ff10499ded930094106cb4a64905db33d058cb41acda468a2b215580f53667f','e61855eefd719d865c5adc7bbbe4d24b1fbb57053964a0d970ca996d8d031d17');
INSERT INTO "journalentry" VALUES(8,'incident:1',5,'Paged','U01ANA','2026-11-21 03:00:00.000000','{"escalation":1,"page":1,"person":"U01ANA","ways":["slack","email"],"why":"on call for primary-oncall"}','e61855eefd719d865c5adc7bbbe4d24b1fbb57053964a0d970ca996d8d031d17','d1e1d11d267b245e1e4f71e134774db3b0d146287085a4999d74a44955be3b1e');
INSERT INTO "journalentry" VALUES(9,'incident:1',6,'PageSent','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"escalation":1,"instead":false,"page":1,"person":"U01ANA","via":"slack"}','d1e1d11d267b245e1e4f71e134774db3b0d146287085a4999d74a44955be3b1e','3b079f8c80714f0335c5b0b8e40b072888943d2575daa507d37f856331a2f11e');
INSERT INTO "journalentry" VALUES(10,'incident:1',7,'PageSent','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"escalation":1,"instead":false,"page":1,"person":"U01ANA","via":"email"}','3b079f8c80714f0335c5b0b8e40b072888943d2575daa507d37f856331a2f11e','d38c17667d669c9e41ac0fa224550c394e98460a6630293373bc53757db4c7b8');
INSERT INTO "journalentry" VALUES(11,'incident:1',8,'Announced','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"channel":"C0INCIDENTS","ts":"1795230000.000001"}','d38c17667d669c9e41ac0fa224550c394e98460a6630293373bc53757db4c7b8','de55b65826fb16f5dbfa84701025b06c88b974d9ec405631974bce2690caac90');
INSERT INTO "journalentry" VALUES(12,'incident:1',9,'RoomOpened','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"channel":"C0ROOM","channel_name":"incident-20261121-checkout-returns-5xx"}','de55b65826fb16f5dbfa84701025b06c88b974d9ec405631974bce2690caac90','8ed07a0c3573aa43ffa203ce3e21749bc77badd56782aeb787987c5bfec78611');
INSERT INTO "journalentry" VALUES(13,'incident:1',10,'CardPosted','tocsin (tocsin)','2026-11-21 03:00:00.000000','{"ts":"1795230000.000008"}','8ed07a0c3573aa43ffa203ce3e21749bc77badd56782aeb787987c5bfec78611','6dc2e4083ebbf7f0cf0757a316f66c4505a0d3cb0e34388a257aff23e27ee1d1');
INSERT INTO "journalentry" VALUES(14,'incident:1',11,'PageDeclined','U01ANA','2026-11-21 03:02:00.000000','{"escalation":1,"page":1,"person":"U01ANA","reason":"on a train"}','6dc2e4083ebbf7f0cf0757a316f66c4505a0d3cb0e34388a257aff23e27ee1d1','1bc3ddab9bfeb9ce6361b5250d730658b16d9ba3f699d01e1577ac5a20d74e9e');
INSERT INTO "journalentry" VALUES(15,'incident:1',12,'LevelReached','U01ANA','2026-11-21 03:02:00.000000','{"cycle":0,"escalation":1,"level":1,"people":["U01BO"],"reason":"1 cannot take it","repeat":0}','1bc3ddab9bfeb9ce6361b5250d730658b16d9ba3f699d01e1577ac5a20d74e9e','38185d42d75de95e4ebe5fd330d59fac002bbd708729e8b7af16b9d6f371f55f');
INSERT INTO "journalentry" VALUES(16,'incident:1',13,'Paged','U01ANA','2026-11-21 03:02:00.000000','{"escalation":1,"page":2,"person":"U01BO","ways":["slack","email"],"why":"on call for secondary-oncall"}','38185d42d75de95e4ebe5fd330d59fac002bbd708729e8b7af16b9d6f371f55f','066996e4ac68cc6547637cbfec632196a2bbd734f8907dd68e8568baace0d347');
INSERT INTO "journalentry" VALUES(17,'incident:1',14,'PageSent','tocsin (tocsin)','2026-11-21 03:02:00.000000','{"escalation":1,"instead":false,"page":2,"person":"U01BO","via":"slack"}','066996e4ac68cc6547637cbfec632196a2bbd734f8907dd68e8568baace0d347','55549ece17bb51c24cb2377951a696d7879070af3593d1cb8c4405d98000f42c');
INSERT INTO "journalentry" VALUES(18,'incident:1',15,'PageSent','tocsin (tocsin)','2026-11-21 03:02:00.000000','{"escalation":1,"instead":false,"page":2,"person":"U01BO","via":"email"}','55549ece17bb51c24cb2377951a696d7879070af3593d1cb8c4405d98000f42c','3b6e2f7ee70ad633433101173db97882943dfcb0d08eb8f8f4267f4f45840865');
INSERT INTO "journalentry" VALUES(19,'incident:1',16,'LevelReached','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"cycle":0,"escalation":1,"level":2,"people":["U01BO","U01CY","U01DEE"],"reason":"no answer","repeat":0}','3b6e2f7ee70ad633433101173db97882943dfcb0d08eb8f8f4267f4f45840865','c39b54550b09c703eaff6b9bf6d6ba10c6e71f677ea2293b59d83324c8ceee9b');
INSERT INTO "journalentry" VALUES(20,'incident:1',17,'Paged','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"page":3,"person":"U01BO","ways":["slack","email"],"why":"member of platform"}','c39b54550b09c703eaff6b9bf6d6ba10c6e71f677ea2293b59d83324c8ceee9b','35ec2ab362c5698f8a77a4b2174129a934edbb69b0f5ee217814066c8b869359');
INSERT INTO "journalentry" VALUES(21,'incident:1',18,'Paged','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"page":4,"person":"U01CY","ways":["slack","email"],"why":"member of platform"}','35ec2ab362c5698f8a77a4b2174129a934edbb69b0f5ee217814066c8b869359','f11409687b58c16a6fc4601c1147d4e3357978c0c8fbe3f3b35aba76a20352bf');
INSERT INTO "journalentry" VALUES(22,'incident:1',19,'Paged','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"page":5,"person":"U01DEE","ways":["slack","email"],"why":"member of platform"}','f11409687b58c16a6fc4601c1147d4e3357978c0c8fbe3f3b35aba76a20352bf','c1f0c093d632609a82c2e8664baee759fde456e1ce5ec89946793eeab0df100e');
INSERT INTO "journalentry" VALUES(23,'incident:1',20,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":3,"person":"U01BO","via":"slack"}','c1f0c093d632609a82c2e8664baee759fde456e1ce5ec89946793eeab0df100e','90fe5de674b6ab979b484151e69ffa51c7a2ffa30c718a9c0d19bae5472b5feb');
INSERT INTO "journalentry" VALUES(24,'incident:1',21,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":3,"person":"U01BO","via":"email"}','90fe5de674b6ab979b484151e69ffa51c7a2ffa30c718a9c0d19bae5472b5feb','3eb1a76ed79ed74571ba8d8c47dcbc522fdb0037d22dec779b67cfeccfb399b6');
INSERT INTO "journalentry" VALUES(25,'incident:1',22,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":4,"person":"U01CY","via":"slack"}','3eb1a76ed79ed74571ba8d8c47dcbc522fdb0037d22dec779b67cfeccfb399b6','f87e1522c0df317f28123795d79e87750371e68accba8957af84c6f3cda72949');
INSERT INTO "journalentry" VALUES(26,'incident:1',23,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":4,"person":"U01CY","via":"email"}','f87e1522c0df317f28123795d79e87750371e68accba8957af84c6f3cda72949','28dedc0803528406df1e40d3cb10dd969cc0cbdea5b766f0af9ca084272bd442');
INSERT INTO "journalentry" VALUES(27,'incident:1',24,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":5,"person":"U01DEE","via":"slack"}','28dedc0803528406df1e40d3cb10dd969cc0cbdea5b766f0af9ca084272bd442','2ef1ae2adcf22703b8fd7583bc7003c0b4dbe06cc4e4a4c1f41a9d78fe4e719c');
INSERT INTO "journalentry" VALUES(28,'incident:1',25,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":5,"person":"U01DEE","via":"email"}','2ef1ae2adcf22703b8fd7583bc7003c0b4dbe06cc4e4a4c1f41a9d78fe4e719c','a9e60b012649390728ffa9bb9e137555b051dd2d45fb2e2684a0b0728b5f2106');
INSERT INTO "journalentry" VALUES(29,'incident:1',26,'EscalationAdvanced','U01BO','2026-11-21 03:08:00.000000','{"escalation":1,"reason":"asked for by U01BO"}','a9e60b012649390728ffa9bb9e137555b051dd2d45fb2e2684a0b0728b5f2106','eb458984cfb41be03363afb515da898284ebcefa04d7921ca77572557ab0ca70');
INSERT INTO "journalentry" VALUES(30,'incident:1',27,'LevelReached','U01BO','2026-11-21 03:08:00.000000','{"cycle":0,"escalation":1,"level":3,"people":["U01EVE"],"reason":"escalated on request","repeat":0}','eb458984cfb41be03363afb515da898284ebcefa04d7921ca77572557ab0ca70','d7f9593f7f656e7d70b2524e7b5b5fa17a4f3f4ca1d2aa007d51cc433175e6b3');
INSERT INTO "journalentry" VALUES(31,'incident:1',28,'Paged','U01BO','2026-11-21 03:08:00.000000','{"escalation":1,"page":6,"person":"U01EVE","ways":["slack","email"],"why":"named by the critical policy"}','d7f9593f7f656e7d70b2524e7b5b5fa17a4f3f4ca1d2aa007d51cc433175e6b3','420a6597fb0023e9e88d43b1635a2ae7556d0c7937fdaf5e97c83a22f55b38cf');
INSERT INTO "journalentry" VALUES(32,'incident:1',29,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":6,"person":"U01EVE","via":"slack"}','420a6597fb0023e9e88d43b1635a2ae7556d0c7937fdaf5e97c83a22f55b38cf','7f852dd8c3f0d921a409f94bed57b5a2c26d42a70bda77338206ef6fd8440e48');
INSERT INTO "journalentry" VALUES(33,'incident:1',30,'PageSent','tocsin (tocsin)','2026-11-21 03:08:00.000000','{"escalation":1,"instead":false,"page":6,"person":"U01EVE","via":"email"}','7f852dd8c3f0d921a409f94bed57b5a2c26d42a70bda77338206ef6fd8440e48','dc26f4509d8c40acab2a4c8ba50b81ffb9daaf51d7cf6247a567daaa87427a34');
INSERT INTO "journalentry" VALUES(34,'incident:1',31,'PageAcknowledged','U01BO','2026-11-21 03:09:00.000000','{"escalation":1,"page":3,"person":"U01BO","seconds":540}','dc26f4509d8c40acab2a4c8ba50b81ffb9daaf51d7cf6247a567daaa87427a34','90fc800c06ee32b39d05dba3381c81cf12beffdc87d223a028078cad217edeed');
INSERT INTO "journalentry" VALUES(35,'incident:1',32,'StatusChanged','U01BO','2026-11-21 03:09:00.000000','{"new":"investigating","old":"triage","reason":"acknowledged"}','90fc800c06ee32b39d05dba3381c81cf12beffdc87d223a028078cad217edeed','4bce5c489e05a3406df445bdb171eab0892dd1009e844cc1d0af232697f636c1');
INSERT INTO "journalentry" VALUES(36,'incident:1',33,'RoleAssigned','U01DEE','2026-11-21 03:09:00.000000','{"before":null,"by":"U01DEE","person":"U01DEE","role":"ic"}','4bce5c489e05a3406df445bdb171eab0892dd1009e844cc1d0af232697f636c1','124ef6114f31d37a31b0ffc29c3fb4236be58301bdd454d25bb9ef4fb89157f0');
INSERT INTO "journalentry" VALUES(37,'incident:1',34,'EscalationStarted','U01CY','2026-11-21 03:09:00.000000','{"escalation":2,"policy":"by name","reason":"paged by U01CY"}','124ef6114f31d37a31b0ffc29c3fb4236be58301bdd454d25bb9ef4fb89157f0','5173151a8530d7efd724541ea53b194c346d769c0f06f72214fb0abc73b201fc');
INSERT INTO "journalentry" VALUES(38,'incident:1',35,'LevelReached','U01CY','2026-11-21 03:09:00.000000','{"cycle":0,"escalation":2,"level":0,"people":["U01CY"],"reason":"","repeat":0}','5173151a8530d7efd724541ea53b194c346d769c0f06f72214fb0abc73b201fc','f218a62b9f6fd00d5f512a490019de2837097e3717becbf622f086e206d243e1');
INSERT INTO "journalentry" VALUES(39,'incident:1',36,'Paged','U01CY','2026-11-21 03:09:00.000000','{"escalation":2,"page":7,"person":"U01CY","ways":["slack","email"],"why":"you were paged by name"}','f218a62b9f6fd00d5f512a490019de2837097e3717becbf622f086e206d243e1','b8037f22028b952035b9a696382f88f0cf28ea419fb6c66d2d3a31eaed6b996c');
INSERT INTO "journalentry" VALUES(40,'incident:1',37,'NoteAdded','U01BO','2026-11-21 03:09:00.000000','{"at":"2026-11-21T03:09:00+00:00","link":null,"source_key":null,"text":"the pool is at 98 %"}','b8037f22028b952035b9a696382f88f0cf28ea419fb6c66d2d3a31eaed6b996c','ef5e2e100d223a8acaef6d870c6031f21a6c0c19bc3d541a34aaea559a7179c0');
INSERT INTO "journalentry" VALUES(41,'incident:1',38,'VendorAsked','U01DEE','2026-11-21 03:09:00.000000','{"case":1,"due_at":"2026-11-21T03:24:00+00:00","ticket":"T-1","vendor":"aws"}','ef5e2e100d223a8acaef6d870c6031f21a6c0c19bc3d541a34aaea559a7179c0','106fb9c2a7c51f7ee95c8dd66788d70b2d82bb96895f0c1f0e5720a980d763ff');
INSERT INTO "journalentry" VALUES(42,'incident:1',39,'PageSent','tocsin (tocsin)','2026-11-21 03:09:00.000000','{"escalation":2,"instead":false,"page":7,"person":"U01CY","via":"slack"}','106fb9c2a7c51f7ee95c8dd66788d70b2d82bb96895f0c1f0e5720a980d763ff','4c73e3cc4a72c45bb9beba0ec503e9a2fb67e182d421165f99481bb72e767327');
INSERT INTO "journalentry" VALUES(43,'incident:1',40,'PageSent','tocsin (tocsin)','2026-11-21 03:09:00.000000','{"escalation":2,"instead":false,"page":7,"person":"U01CY","via":"email"}','4c73e3cc4a72c45bb9beba0ec503e9a2fb67e182d421165f99481bb72e767327','55c2937e2a2b9038e69719e709fe78fd36e716b99e6d0d778af584639c7108be');
INSERT INTO "journalentry" VALUES(44,'incident:1',41,'StatusChanged','U01DEE','2026-11-21 03:09:00.000000','{"new":"identified","old":"investigating","reason":""}','55c2937e2a2b9038e69719e709fe78fd36e716b99e6d0d778af584639c7108be','28d8d13d3b2b4325c0e6087387095d48e6390ab3504607a95cfd6f6c12534b3a');
INSERT INTO "journalentry" VALUES(45,'incident:1',42,'UpdatePublished','U01DEE','2026-11-21 03:09:00.000000','{"impact":"22 % of checkouts","next_update_at":"2026-11-21T03:39:00+00:00","number":1,"status":"identified","text":"rolling back"}','28d8d13d3b2b4325c0e6087387095d48e6390ab3504607a95cfd6f6c12534b3a','d21dd501f4a34bd53bc0bf41fd0d9316525696d190a86e5fd37f33ad7cab7746');
INSERT INTO "journalentry" VALUES(46,'incident:1',43,'SeverityChanged','U01DEE','2026-11-21 03:09:00.000000','{"new":"SEV-2","old":"SEV-1","reason":"half of it is back"}','d21dd501f4a34bd53bc0bf41fd0d9316525696d190a86e5fd37f33ad7cab7746','5b69bac2fc6c233c36f8319e868b5d202f23c31ff5b8d7193fe0a479bb98decf');
INSERT INTO "journalentry" VALUES(47,'incident:1',44,'TimerWasLate','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"seconds":1560,"timer":"escalation"}','5b69bac2fc6c233c36f8319e868b5d202f23c31ff5b8d7193fe0a479bb98decf','5a8ecd7f80a028a750e5f7be4162b5fa87e8e39ecc37d3a23ebe94859b697a02');
INSERT INTO "journalentry" VALUES(48,'incident:1',45,'LevelReached','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"cycle":1,"escalation":2,"level":0,"people":["U01CY"],"reason":"no answer","repeat":1}','5a8ecd7f80a028a750e5f7be4162b5fa87e8e39ecc37d3a23ebe94859b697a02','a6d2c816235da1bb73400798646d574e8ceaa9a6de03eddd9f6577f92975534c');
INSERT INTO "journalentry" VALUES(49,'incident:1',46,'Paged','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"escalation":2,"page":8,"person":"U01CY","ways":["slack","email"],"why":"you were paged by name"}','a6d2c816235da1bb73400798646d574e8ceaa9a6de03eddd9f6577f92975534c','2121f1611cd62b5555f0dac7967ce4d7c59234c77dc1a42f2c4f4a8484190aa4');
INSERT INTO "journalentry" VALUES(50,'incident:1',47,'VendorSilent','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"again_at":"2026-11-21T03:55:00+00:00","case":1,"since":"2026-11-21T03:24:00+00:00","ticket":"T-1","times":1,"vendor":"aws"}','2121f1611cd62b5555f0dac7967ce4d7c59234c77dc1a42f2c4f4a8484190aa4','1fb1bd300be321798f19dac28946815f01d22fbad4b2d90cd92c5dd7ff12d6ba');
INSERT INTO "journalentry" VALUES(51,'incident:1',48,'PageSent','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"escalation":2,"instead":false,"page":8,"person":"U01CY","via":"slack"}','1fb1bd300be321798f19dac28946815f01d22fbad4b2d90cd92c5dd7ff12d6ba','19f9a0661406987e19069bc299f4089ffdf1765da5776e791662ea00d1342e3a');
INSERT INTO "journalentry" VALUES(52,'incident:1',49,'PageSent','tocsin (tocsin)','2026-11-21 03:40:00.000000','{"escalation":2,"instead":false,"page":8,"person":"U01CY","via":"email"}','19f9a0661406987e19069bc299f4089ffdf1765da5776e791662ea00d1342e3a','06fb4cee032737f7bc921c78a377436fb5688698bb0834ab302cec3863618a2f');
INSERT INTO "journalentry" VALUES(53,'incident:1',50,'VendorAnswered','U01DEE','2026-11-21 03:40:00.000000','{"case":1,"seconds":1860,"ticket":"T-1","vendor":"aws"}','06fb4cee032737f7bc921c78a377436fb5688698bb0834ab302cec3863618a2f','92d2e35a8776e898b14b8b866978a27952d5d45dd6df1aa851554f3cb763b7b7');
INSERT INTO "journalentry" VALUES(54,'incident:1',51,'IncidentResolved','U01DEE','2026-11-21 03:40:00.000000','{"impact":"22 % of checkouts","mitigated_at":"2026-11-21T03:40:00+00:00","resolution":"rolled back","update":""}','92d2e35a8776e898b14b8b866978a27952d5d45dd6df1aa851554f3cb763b7b7','d9aa3e88c0457d5b91d5afabc573665deaaf65a8b997604489527a8af66f7ff1');
INSERT INTO "journalentry" VALUES(55,'incident:1',52,'EscalationStopped','U01DEE','2026-11-21 03:40:00.000000','{"escalation":2,"reason":"resolved"}','d9aa3e88c0457d5b91d5afabc573665deaaf65a8b997604489527a8af66f7ff1','9efc23bea53dafc22734386203c955345c461e8a696cc347ec316231eca02d98');
INSERT INTO "journalentry" VALUES(56,'incident:1',53,'PostmortemDrafted','U01DEE','2026-11-21 03:40:00.000000','{"owner":"U01DEE"}','9efc23bea53dafc22734386203c955345c461e8a696cc347ec316231eca02d98','47ad1acb9e5345ed5b00868eb0f7b724060825a40c83cc4bae715db4149f953b');
INSERT INTO "journalentry" VALUES(57,'schedule:primary-oncall',2,'CoverAsked','U01ANA','2026-11-21 03:40:00.000000','{"cover":1,"end":"2026-11-22T12:40:00+00:00","note":"dentist","partner":null,"person":"U01ANA","schedule":"primary-oncall","start":"2026-11-22T09:40:00+00:00","takes":[]}','284e269152f452922cc6f941857b7b14457659b656e0355185d91a5ac4b6df54','ff0a8918a9c41ed877c1b23a04c35daff5a7dcede52000f2d3440c88d22bcbe0');
INSERT INTO "journalentry" VALUES(58,'schedule:primary-oncall',3,'OverrideAdded','U01BO','2026-11-21 03:40:00.000000','{"by":"U01BO","changes":[{"end":"2026-11-22T12:40:00+00:00","gains":false,"person":"U01ANA","start":"2026-11-22T09:40:00+00:00"},{"end":"2026-11-22T12:40:00+00:00","gains":true,"person":"U01BO","start":"2026-11-22T09:40:00+00:00"}],"cover":1,"end":"2026-11-22T12:40:00+00:00","kind":"replace","note":"dentist","override":1,"people":[],"person":"U01ANA","schedule":"primary-oncall","start":"2026-11-22T09:40:00+00:00","substitute":"U01BO"}','ff0a8918a9c41ed877c1b23a04c35daff5a7dcede52000f2d3440c88d22bcbe0','4ab1da1a35d400c8762fbe3f473c99bab07592705d018e017a4bf28461e12d29');
INSERT INTO "journalentry" VALUES(59,'schedule:primary-oncall',4,'CoverTaken','U01BO','2026-11-21 03:40:00.000000','{"by":"U01BO","cover":1,"partner":null,"person":"U01ANA","schedule":"primary-oncall"}','4ab1da1a35d400c8762fbe3f473c99bab07592705d018e017a4bf28461e12d29','76b71ec319b9237ac7cac9b28ea37e362bc26b3fef928a6b2fe2ec15c4de6cf9');
INSERT INTO "journalentry" VALUES(60,'incident:2',1,'IncidentDeclared','U01LI','2026-11-21 04:40:00.000000','{"drill":false,"private":true,"service":null,"severity":"SEV-1","source":"manual","title":"Login is slow"}','','f2cd051b43ad372da171a4c0168a4476a7fa18662bbe2a90feeb9acc023c93c7');
INSERT INTO "journalentry" VALUES(61,'incident:2',2,'RoomWanted','U01LI','2026-11-21 04:40:00.000000','{"reason":"a private incident has no other place"}','f2cd051b43ad372da171a4c0168a4476a7fa18662bbe2a90feeb9acc023c93c7','a2504254635c898ea0a344fa2db31b26fec260bf8af75f9a6917ca822ad23325');
INSERT INTO "journalentry" VALUES(62,'incident:2',3,'EscalationStarted','U01LI','2026-11-21 04:40:00.000000','{"escalation":3,"policy":"critical","reason":"SEV-1 declared"}','a2504254635c898ea0a344fa2db31b26fec260bf8af75f9a6917ca822ad23325','162706075644b6ecbe1ab45f1e21e519d577c92935d3411fbc8b99af9fa56a19');
INSERT INTO "journalentry" VALUES(63,'incident:2',4,'LevelReached','U01LI','2026-11-21 04:40:00.000000','{"cycle":0,"escalation":3,"level":0,"people":["U01ANA"],"reason":"","repeat":0}','162706075644b6ecbe1ab45f1e21e519d577c92935d3411fbc8b99af9fa56a19','b03bbc584a2cbe3fc2c729cae15b339bbd16b25a82342cce6611dcba5ca90170');
INSERT INTO "journalentry" VALUES(64,'incident:2',5,'Paged','U01LI','2026-11-21 04:40:00.000000','{"escalation":3,"page":9,"person":"U01ANA","ways":["slack","email"],"why":"on call for primary-oncall"}','b03bbc584a2cbe3fc2c729cae15b339bbd16b25a82342cce6611dcba5ca90170','529385bd98b058370fe68ea888d9c5d2237b42398b87521b538d7572445d5493');
INSERT INTO "journalentry" VALUES(65,'incident:2',6,'PageSent','tocsin (tocsin)','2026-11-21 04:40:00.000000','{"escalation":3,"instead":false,"page":9,"person":"U01ANA","via":"slack"}','529385bd98b058370fe68ea888d9c5d2237b42398b87521b538d7572445d5493','883a528d3521fac2508c9f977341194540a4761db99691726ca03f03f78916fd');
INSERT INTO "journalentry" VALUES(66,'incident:2',7,'PageSent','tocsin (tocsin)','2026-11-21 04:40:00.000000','{"escalation":3,"instead":false,"page":9,"person":"U01ANA","via":"email"}','883a528d3521fac2508c9f977341194540a4761db99691726ca03f03f78916fd','fc291bad4fc94ac560734238f4e72abe7397e9995ed1f3a0b2e48b321fa76113');
INSERT INTO "journalentry" VALUES(67,'incident:2',8,'RoomOpened','tocsin (tocsin)','2026-11-21 04:40:00.000000','{"channel":"C0ROOM","channel_name":"incident-20261121-login-is-slow"}','fc291bad4fc94ac560734238f4e72abe7397e9995ed1f3a0b2e48b321fa76113','2259ae6797367e6e05c5df0f329be2531c83f53c3683adc808297e78f1774011');
INSERT INTO "journalentry" VALUES(68,'incident:2',9,'CardPosted','tocsin (tocsin)','2026-11-21 04:40:00.000000','{"ts":"1795230000.000114"}','2259ae6797367e6e05c5df0f329be2531c83f53c3683adc808297e78f1774011','2954869b5f9699a24746852ba8488ed041e421b2852bfb48c16ef1508a5cc531');
INSERT INTO "journalentry" VALUES(69,'incident:3',1,'IncidentDeclared','U01LI','2026-11-21 04:41:00.000000','{"drill":false,"private":false,"service":"search","severity":"SEV-1","source":"manual","title":"Search is down"}','','75943c6a1e23a99245053bf2c2b57767c0079a7eec8ab134183334301cd411ce');
INSERT INTO "journalentry" VALUES(70,'incident:3',2,'RoomWanted','U01LI','2026-11-21 04:41:00.000000','{"reason":"SEV-1 always gets a war room"}','75943c6a1e23a99245053bf2c2b57767c0079a7eec8ab134183334301cd411ce','6ebf6bd098f78c4365e6ee77486a76a6621dc30c63a08a2406eef51ace307f5c');
INSERT INTO "journalentry" VALUES(71,'incident:3',3,'EscalationStarted','U01LI','2026-11-21 04:41:00.000000','{"escalation":4,"policy":"critical","reason":"SEV-1 declared"}','6ebf6bd098f78c4365e6ee77486a76a6621dc30c63a08a2406eef51ace307f5c','aeff66e4b1aa149ceceeb1a600fc2e98befe2fbf24bb6ce78c9cfa1d3e5621dd');
INSERT INTO "journalentry" VALUES(72,'incident:3',4,'LevelReached','U01LI','2026-11-21 04:41:00.000000','{"cycle":0,"escalation":4,"level":0,"people":["U01ANA"],"reason":"","repeat":0}','aeff66e4b1aa149ceceeb1a600fc2e98befe2fbf24bb6ce78c9cfa1d3e5621dd','a66100212e12bc05028e1d852af0827c3dadbd1a2a43ea89d631eecc982a46ab');
INSERT INTO "journalentry" VALUES(73,'incident:3',5,'Paged','U01LI','2026-11-21 04:41:00.000000','{"escalation":4,"page":10,"person":"U01ANA","ways":["slack","email"],"why":"on call for primary-oncall"}','a66100212e12bc05028e1d852af0827c3dadbd1a2a43ea89d631eecc982a46ab','b39097ebec8cdb6fec977d0b773d339694281a972419b23842df9d23cc887331');
INSERT INTO "journalentry" VALUES(74,'incident:3',6,'PageSent','tocsin (tocsin)','2026-11-21 04:41:00.000000','{"escalation":4,"instead":false,"page":10,"person":"U01ANA","via":"slack"}','b39097ebec8cdb6fec977d0b773d339694281a972419b23842df9d23cc887331','c3887c7f791fe551917fc92ae03d025ea9ea0431bca6257c7d49553acc6541cd');
INSERT INTO "journalentry" VALUES(75,'incident:3',7,'PageSent','tocsin (tocsin)','2026-11-21 04:41:00.000000','{"escalation":4,"instead":false,"page":10,"person":"U01ANA","via":"email"}','c3887c7f791fe551917fc92ae03d025ea9ea0431bca6257c7d49553acc6541cd','caa5678c3b667a5826ca4cb0722762a826f4b2f905095a8f5b6e6b947ea41932');
INSERT INTO "journalentry" VALUES(76,'incident:3',8,'Announced','tocsin (tocsin)','2026-11-21 04:41:00.000000','{"channel":"C0INCIDENTS","ts":"1795230000.000122"}','caa5678c3b667a5826ca4cb0722762a826f4b2f905095a8f5b6e6b947ea41932','10c19da36e00db814077fcf79244de8497bf533e557663ed0296690fe1ee1bef');
INSERT INTO "journalentry" VALUES(77,'incident:3',9,'RoomOpened','tocsin (tocsin)','2026-11-21 04:41:00.000000','{"channel":"C0ROOM","channel_name":"incident-20261121-search-is-down"}','10c19da36e00db814077fcf79244de8497bf533e557663ed0296690fe1ee1bef','13a27ee5ccda562225f5e627a534e0613da7d7c309ba6d565a0d26b3c6f6abf6');
INSERT INTO "journalentry" VALUES(78,'incident:3',10,'CardPosted','tocsin (tocsin)','2026-11-21 04:41:00.000000','{"ts":"1795230000.000129"}','13a27ee5ccda562225f5e627a534e0613da7d7c309ba6d565a0d26b3c6f6abf6','44e0becd040534029e5657c771833b0aff4e6ebce16906cb8fcf6f297da7ecd1');
INSERT INTO "journalentry" VALUES(79,'incident:2',10,'TimerWasLate','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"seconds":120,"timer":"escalation"}','2954869b5f9699a24746852ba8488ed041e421b2852bfb48c16ef1508a5cc531','bbae129ef16741b92b575d8af5473a2d0354868f75174dd43cf14844459b87e5');
INSERT INTO "journalentry" VALUES(80,'incident:2',11,'LevelReached','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"cycle":0,"escalation":3,"level":1,"people":["U01BO"],"reason":"no answer","repeat":0}','bbae129ef16741b92b575d8af5473a2d0354868f75174dd43cf14844459b87e5','26f07da721966b75fb261cf8f7648b3b6722447dc658b1c09776465938f4843b');
INSERT INTO "journalentry" VALUES(81,'incident:2',12,'Paged','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":3,"page":11,"person":"U01BO","ways":["slack","email"],"why":"on call for secondary-oncall"}','26f07da721966b75fb261cf8f7648b3b6722447dc658b1c09776465938f4843b','a4a2ac5a21855e89acb11aae29b5c38d0c7f413705dc16951449ac7d9e21d0b5');
INSERT INTO "journalentry" VALUES(82,'incident:3',11,'LevelReached','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"cycle":0,"escalation":4,"level":1,"people":["U01BO"],"reason":"no answer","repeat":0}','44e0becd040534029e5657c771833b0aff4e6ebce16906cb8fcf6f297da7ecd1','5742f1de3fd8a622833d430734358dbff77a61b15c8667245f5ea8f46a021aa9');
INSERT INTO "journalentry" VALUES(83,'incident:3',12,'Paged','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":4,"page":12,"person":"U01BO","ways":["slack","email"],"why":"on call for secondary-oncall"}','5742f1de3fd8a622833d430734358dbff77a61b15c8667245f5ea8f46a021aa9','9b23622548c8a5f4978a7b972b78675ee4ac0a8c23fa4da798fac1913ab0ea4c');
INSERT INTO "journalentry" VALUES(84,'incident:2',13,'PageSent','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":3,"instead":false,"page":11,"person":"U01BO","via":"slack"}','a4a2ac5a21855e89acb11aae29b5c38d0c7f413705dc16951449ac7d9e21d0b5','d52d27ca11a18a5745b7716bcc23121d97bd0dd3f304abd85a6afeb8dfcbb5e3');
INSERT INTO "journalentry" VALUES(85,'incident:2',14,'PageSent','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":3,"instead":false,"page":11,"person":"U01BO","via":"email"}','d52d27ca11a18a5745b7716bcc23121d97bd0dd3f304abd85a6afeb8dfcbb5e3','78688f6d350129f1045198d772fc78fcd2df5e83d94c60641673df6a612ef40f');
INSERT INTO "journalentry" VALUES(86,'incident:3',13,'PageSent','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":4,"instead":false,"page":12,"person":"U01BO","via":"slack"}','9b23622548c8a5f4978a7b972b78675ee4ac0a8c23fa4da798fac1913ab0ea4c','c370a44062875c72595f7f73c1ef20c6574a04b7e3e09ad2aaccccf9cc1eadc7');
INSERT INTO "journalentry" VALUES(87,'incident:3',14,'PageSent','tocsin (tocsin)','2026-11-21 04:47:00.000000','{"escalation":4,"instead":false,"page":12,"person":"U01BO","via":"email"}','c370a44062875c72595f7f73c1ef20c6574a04b7e3e09ad2aaccccf9cc1eadc7','488730376329ca99b7a4c29dc4ddc6802b406e51a8feaa43e604118eec5996c0');
CREATE TABLE member (
	slack VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	real_name VARCHAR NOT NULL, 
	email VARCHAR, 
	timezone VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (slack)
);
CREATE TABLE oncallperiod (
	id INTEGER NOT NULL, 
	schedule VARCHAR NOT NULL, 
	people JSON NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME, 
	PRIMARY KEY (id)
);
INSERT INTO "oncallperiod" VALUES(1,'primary-oncall','["ana"]','2026-11-21 03:00:00.000000',NULL);
INSERT INTO "oncallperiod" VALUES(2,'secondary-oncall','["bo"]','2026-11-21 03:00:00.000000',NULL);
INSERT INTO "oncallperiod" VALUES(3,'ic-oncall','["eve"]','2026-11-21 03:00:00.000000',NULL);
CREATE TABLE oncekey (
	"key" VARCHAR NOT NULL, 
	answer JSON NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE page (
	id INTEGER NOT NULL, 
	escalation INTEGER NOT NULL, 
	incident INTEGER, 
	cycle INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	slack VARCHAR, 
	why VARCHAR NOT NULL, 
	decision JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	owed_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	settled_at DATETIME, 
	channel VARCHAR, 
	ts VARCHAR, 
	note VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(escalation) REFERENCES escalation (id), 
	FOREIGN KEY(incident) REFERENCES incident (number), 
	UNIQUE (escalation, cycle, level, person)
);
INSERT INTO "page" VALUES(1,1,1,0,0,'U01ANA','U01ANA','on call for primary-oncall','{"target": "schedule:primary-oncall", "schedule": "primary-oncall", "layer": "primary", "override": false, "until": "2026-11-23T08:00:00+00:00", "changes": []}','declined','2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','2026-11-21 03:02:00.000000','D01ANA','1795230000.000004','on a train');
INSERT INTO "page" VALUES(2,1,1,0,1,'U01BO','U01BO','on call for secondary-oncall','{"target": "schedule:secondary-oncall", "schedule": "secondary-oncall", "layer": "secondary", "override": false, "until": "2026-11-23T08:00:00+00:00", "changes": []}','released','2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000','2026-11-21 03:09:00.000000','D01BO','1795230000.000024','no answer');
INSERT INTO "page" VALUES(3,1,1,0,2,'U01BO','U01BO','member of platform','{"target": "team:platform"}','acknowledged','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','2026-11-21 03:09:00.000000','D01BO','1795230000.000033','escalated by {person:U01BO}');
INSERT INTO "page" VALUES(4,1,1,0,2,'U01CY','U01CY','member of platform','{"target": "team:platform"}','released','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','2026-11-21 03:09:00.000000','D01CY','1795230000.000035','escalated by {person:U01BO}');
INSERT INTO "page" VALUES(5,1,1,0,2,'U01DEE','U01DEE','member of platform','{"target": "team:platform"}','released','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','2026-11-21 03:09:00.000000','D01DEE','1795230000.000037','escalated by {person:U01BO}');
INSERT INTO "page" VALUES(6,1,1,0,3,'U01EVE','U01EVE','named by the critical policy','{"target": "person:eve"}','released','2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','2026-11-21 03:09:00.000000','D01EVE','1795230000.000051','');
INSERT INTO "page" VALUES(7,2,1,0,0,'U01CY','U01CY','you were paged by name','{"target": "person:U01CY"}','released','2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','2026-11-21 03:40:00.000000','D01CY','1795230000.000071','no answer');
INSERT INTO "page" VALUES(8,2,1,1,0,'U01CY','U01CY','you were paged by name','{"target": "person:U01CY"}','released','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','D01CY','1795230000.000090','');
INSERT INTO "page" VALUES(9,3,2,0,0,'U01ANA','U01ANA','on call for primary-oncall','{"target": "schedule:primary-oncall", "schedule": "primary-oncall", "layer": "primary", "override": false, "until": "2026-11-22T09:40:00+00:00", "changes": []}','missed','2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','2026-11-21 04:47:00.000000','D01ANA','1795230000.000110','');
INSERT INTO "page" VALUES(10,4,3,0,0,'U01ANA','U01ANA','on call for primary-oncall','{"target": "schedule:primary-oncall", "schedule": "primary-oncall", "layer": "primary", "override": false, "until": "2026-11-22T09:40:00+00:00", "changes": []}','missed','2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','2026-11-21 04:47:00.000000','D01ANA','1795230000.000125','');
INSERT INTO "page" VALUES(11,3,2,0,1,'U01BO','U01BO','on call for secondary-oncall','{"target": "schedule:secondary-oncall", "schedule": "secondary-oncall", "layer": "secondary", "override": false, "until": "2026-11-23T08:00:00+00:00", "changes": []}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',NULL,'D01BO','1795230000.000143','');
INSERT INTO "page" VALUES(12,4,3,0,1,'U01BO','U01BO','on call for secondary-oncall','{"target": "schedule:secondary-oncall", "schedule": "secondary-oncall", "layer": "secondary", "override": false, "until": "2026-11-23T08:00:00+00:00", "changes": []}','sent','2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000',NULL,'D01BO','1795230000.000151','');
CREATE TABLE pagestep (
	id INTEGER NOT NULL, 
	page INTEGER NOT NULL, 
	via VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	late_at DATETIME, 
	sent_at DATETIME, 
	settled_at DATETIME, 
	note VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(page) REFERENCES page (id), 
	UNIQUE (page, via)
);
INSERT INTO "pagestep" VALUES(1,1,'slack','','2026-11-21 03:00:00.000000','sent',NULL,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','');
INSERT INTO "pagestep" VALUES(2,1,'email','a…@acme.example','2026-11-21 03:00:00.000000','sent',NULL,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','');
INSERT INTO "pagestep" VALUES(3,1,'phone','…0101','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(4,1,'sms','…0101','2026-11-21 03:00:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(5,1,'push','','2026-11-21 03:00:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(6,1,'webhook','','2026-11-21 03:00:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(7,1,'pagerduty','','2026-11-21 03:00:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(8,1,'opsgenie','','2026-11-21 03:00:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(9,2,'slack','','2026-11-21 03:02:00.000000','sent',NULL,'2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000','');
INSERT INTO "pagestep" VALUES(10,2,'email','b…@acme.example','2026-11-21 03:02:00.000000','sent',NULL,'2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000','');
INSERT INTO "pagestep" VALUES(11,2,'phone','…0102','2026-11-21 03:04:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(12,2,'sms','…0102','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(13,2,'push','','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(14,2,'webhook','','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(15,2,'pagerduty','','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(16,2,'opsgenie','','2026-11-21 03:02:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(17,3,'slack','','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(18,3,'email','b…@acme.example','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(19,3,'phone','…0102','2026-11-21 03:10:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(20,3,'sms','…0102','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(21,3,'push','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(22,3,'webhook','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(23,3,'pagerduty','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(24,3,'opsgenie','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(25,4,'slack','','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(26,4,'email','c…@acme.example','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(27,4,'phone','…0103','2026-11-21 03:10:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(28,4,'sms','…0103','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(29,4,'push','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(30,4,'webhook','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(31,4,'pagerduty','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(32,4,'opsgenie','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(33,5,'slack','','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(34,5,'email','d…@acme.example','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(35,5,'phone','…0104','2026-11-21 03:10:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(36,5,'sms','…0104','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(37,5,'push','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(38,5,'webhook','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(39,5,'pagerduty','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(40,5,'opsgenie','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(41,6,'slack','','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(42,6,'email','e…@acme.example','2026-11-21 03:08:00.000000','sent',NULL,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','');
INSERT INTO "pagestep" VALUES(43,6,'phone','…0105','2026-11-21 03:10:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(44,6,'sms','…0105','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(45,6,'push','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(46,6,'webhook','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(47,6,'pagerduty','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(48,6,'opsgenie','','2026-11-21 03:08:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(49,7,'slack','','2026-11-21 03:09:00.000000','sent',NULL,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','');
INSERT INTO "pagestep" VALUES(50,7,'email','c…@acme.example','2026-11-21 03:09:00.000000','sent',NULL,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','');
INSERT INTO "pagestep" VALUES(51,7,'phone','…0103','2026-11-21 03:11:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(52,7,'sms','…0103','2026-11-21 03:09:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(53,7,'push','','2026-11-21 03:09:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(54,7,'webhook','','2026-11-21 03:09:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(55,7,'pagerduty','','2026-11-21 03:09:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(56,7,'opsgenie','','2026-11-21 03:09:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(57,8,'slack','','2026-11-21 03:40:00.000000','sent',NULL,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','');
INSERT INTO "pagestep" VALUES(58,8,'email','c…@acme.example','2026-11-21 03:40:00.000000','sent',NULL,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','');
INSERT INTO "pagestep" VALUES(59,8,'phone','…0103','2026-11-21 03:42:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(60,8,'sms','…0103','2026-11-21 03:40:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(61,8,'push','','2026-11-21 03:40:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(62,8,'webhook','','2026-11-21 03:40:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(63,8,'pagerduty','','2026-11-21 03:40:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(64,8,'opsgenie','','2026-11-21 03:40:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(65,9,'slack','','2026-11-21 04:40:00.000000','sent',NULL,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','');
INSERT INTO "pagestep" VALUES(66,9,'email','a…@acme.example','2026-11-21 04:40:00.000000','sent',NULL,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','');
INSERT INTO "pagestep" VALUES(67,9,'phone','…0101','2026-11-21 04:42:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(68,9,'sms','…0101','2026-11-21 04:40:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(69,9,'push','','2026-11-21 04:40:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(70,9,'webhook','','2026-11-21 04:40:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(71,9,'pagerduty','','2026-11-21 04:40:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(72,9,'opsgenie','','2026-11-21 04:40:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(73,10,'slack','','2026-11-21 04:41:00.000000','sent',NULL,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','');
INSERT INTO "pagestep" VALUES(74,10,'email','a…@acme.example','2026-11-21 04:41:00.000000','sent',NULL,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','');
INSERT INTO "pagestep" VALUES(75,10,'phone','…0101','2026-11-21 04:43:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(76,10,'sms','…0101','2026-11-21 04:41:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(77,10,'push','','2026-11-21 04:41:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(78,10,'webhook','','2026-11-21 04:41:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(79,10,'pagerduty','','2026-11-21 04:41:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(80,10,'opsgenie','','2026-11-21 04:41:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(81,11,'slack','','2026-11-21 04:47:00.000000','sent',NULL,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','');
INSERT INTO "pagestep" VALUES(82,11,'email','b…@acme.example','2026-11-21 04:47:00.000000','sent',NULL,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','');
INSERT INTO "pagestep" VALUES(83,11,'phone','…0102','2026-11-21 04:49:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(84,11,'sms','…0102','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(85,11,'push','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(86,11,'webhook','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(87,11,'pagerduty','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(88,11,'opsgenie','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(89,12,'slack','','2026-11-21 04:47:00.000000','sent',NULL,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','');
INSERT INTO "pagestep" VALUES(90,12,'email','b…@acme.example','2026-11-21 04:47:00.000000','sent',NULL,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','');
INSERT INTO "pagestep" VALUES(91,12,'phone','…0102','2026-11-21 04:49:00.000000','skipped',NULL,NULL,NULL,'phone is not set up (integrations.phone.url)');
INSERT INTO "pagestep" VALUES(92,12,'sms','…0102','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'SMS is not set up (integrations.sms.url)');
INSERT INTO "pagestep" VALUES(93,12,'push','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'push is not set up (integrations.push.url)');
INSERT INTO "pagestep" VALUES(94,12,'webhook','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'webhook is not set up (integrations.webhook.url)');
INSERT INTO "pagestep" VALUES(95,12,'pagerduty','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
INSERT INTO "pagestep" VALUES(96,12,'opsgenie','','2026-11-21 04:47:00.000000','skipped',NULL,NULL,NULL,'no rule asks for it');
CREATE TABLE roleassignment (
	id INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(incident) REFERENCES incident (number)
);
INSERT INTO "roleassignment" VALUES(1,1,'ic','U01DEE','2026-11-21 03:09:00.000000',NULL);
CREATE TABLE scheduleoverride (
	id INTEGER NOT NULL, 
	schedule VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	substitute VARCHAR, 
	people JSON NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	cover INTEGER, 
	created_by VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	cancelled_by VARCHAR, 
	cancelled_at DATETIME, 
	PRIMARY KEY (id)
);
INSERT INTO "scheduleoverride" VALUES(1,'primary-oncall','replace','ana','bo','[]','2026-11-22 09:40:00.000000','2026-11-22 12:40:00.000000','dentist',1,'U01BO','2026-11-21 03:40:00.000000',NULL,NULL);
CREATE TABLE setting (
	"key" VARCHAR NOT NULL, 
	value JSON NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "setting" VALUES('slack.team_url','"https://acme.slack.com/"');
CREATE TABLE statusupdate (
	id INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	impact TEXT NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	next_update_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(incident) REFERENCES incident (number), 
	UNIQUE (incident, number)
);
INSERT INTO "statusupdate" VALUES(1,1,1,'identified','rolling back','22 % of checkouts','U01DEE','2026-11-21 03:09:00.000000','2026-11-21 03:39:00.000000');
CREATE TABLE timelineentry (
	id INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	source_key VARCHAR, 
	link VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(incident) REFERENCES incident (number), 
	UNIQUE (incident, source_key)
);
INSERT INTO "timelineentry" VALUES(1,1,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','U01ANA','declared','Declared {severity:SEV-1} on checkout: Checkout returns 5xx',NULL,NULL);
INSERT INTO "timelineentry" VALUES(2,1,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','U01ANA','page','Level 1: paging {person:U01ANA}',NULL,NULL);
INSERT INTO "timelineentry" VALUES(3,1,'2026-11-21 03:00:00.000000','2026-11-21 03:00:00.000000','tocsin','room','War room #incident-20261121-checkout-returns-5xx opened',NULL,NULL);
INSERT INTO "timelineentry" VALUES(4,1,'2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000','U01ANA','page','{person:U01ANA} cannot take it: on a train',NULL,NULL);
INSERT INTO "timelineentry" VALUES(5,1,'2026-11-21 03:02:00.000000','2026-11-21 03:02:00.000000','U01ANA','page','Level 2: paging {person:U01BO} (1 cannot take it)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(6,1,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','tocsin','page','Level 3: paging {person:U01BO}, {person:U01CY}, {person:U01DEE} (no answer)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(7,1,'2026-11-21 03:08:00.000000','2026-11-21 03:08:00.000000','U01BO','page','Level 4: paging {person:U01EVE} (escalated on request)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(8,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01BO','page','{person:U01BO} acknowledged after 9 min 0 s',NULL,NULL);
INSERT INTO "timelineentry" VALUES(9,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01BO','status','Status triage → investigating (acknowledged)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(10,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01DEE','role','{person:U01DEE} is incident commander',NULL,NULL);
INSERT INTO "timelineentry" VALUES(11,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01CY','page','Level 1: paging {person:U01CY}',NULL,NULL);
INSERT INTO "timelineentry" VALUES(12,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01BO','note','the pool is at 98 %',NULL,NULL);
INSERT INTO "timelineentry" VALUES(13,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01DEE','vendor','Asked aws for support, ticket T-1',NULL,NULL);
INSERT INTO "timelineentry" VALUES(14,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01DEE','status','Status investigating → identified',NULL,NULL);
INSERT INTO "timelineentry" VALUES(15,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01DEE','update','Update 1 (identified): rolling back',NULL,NULL);
INSERT INTO "timelineentry" VALUES(16,1,'2026-11-21 03:09:00.000000','2026-11-21 03:09:00.000000','U01DEE','severity','Severity {severity:SEV-1} → {severity:SEV-2}: half of it is back',NULL,NULL);
INSERT INTO "timelineentry" VALUES(17,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','tocsin','system','Late by 26 min 0 s: Tocsin was down, or its clock was moved',NULL,NULL);
INSERT INTO "timelineentry" VALUES(18,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','tocsin','page','Level 1, round 2: paging {person:U01CY} (no answer)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(19,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','tocsin','vendor','aws has not answered in time, ticket T-1',NULL,NULL);
INSERT INTO "timelineentry" VALUES(20,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','U01DEE','vendor','aws answered after 31 min 0 s',NULL,NULL);
INSERT INTO "timelineentry" VALUES(21,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','U01DEE','resolved','Resolved: rolled back',NULL,NULL);
INSERT INTO "timelineentry" VALUES(22,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','U01DEE','page','Paging stopped: resolved',NULL,NULL);
INSERT INTO "timelineentry" VALUES(23,1,'2026-11-21 03:40:00.000000','2026-11-21 03:40:00.000000','U01DEE','postmortem','Postmortem draft written',NULL,NULL);
INSERT INTO "timelineentry" VALUES(24,2,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','U01LI','declared','Declared {severity:SEV-1}: Login is slow',NULL,NULL);
INSERT INTO "timelineentry" VALUES(25,2,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','U01LI','page','Level 1: paging {person:U01ANA}',NULL,NULL);
INSERT INTO "timelineentry" VALUES(26,2,'2026-11-21 04:40:00.000000','2026-11-21 04:40:00.000000','tocsin','room','War room #incident-20261121-login-is-slow opened',NULL,NULL);
INSERT INTO "timelineentry" VALUES(27,3,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','U01LI','declared','Declared {severity:SEV-1} on search: Search is down',NULL,NULL);
INSERT INTO "timelineentry" VALUES(28,3,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','U01LI','page','Level 1: paging {person:U01ANA}',NULL,NULL);
INSERT INTO "timelineentry" VALUES(29,3,'2026-11-21 04:41:00.000000','2026-11-21 04:41:00.000000','tocsin','room','War room #incident-20261121-search-is-down opened',NULL,NULL);
INSERT INTO "timelineentry" VALUES(30,2,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','tocsin','system','Late by 2 min 0 s: Tocsin was down, or its clock was moved',NULL,NULL);
INSERT INTO "timelineentry" VALUES(31,2,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','tocsin','page','Level 2: paging {person:U01BO} (no answer)',NULL,NULL);
INSERT INTO "timelineentry" VALUES(32,3,'2026-11-21 04:47:00.000000','2026-11-21 04:47:00.000000','tocsin','page','Level 2: paging {person:U01BO} (no answer)',NULL,NULL);
CREATE TABLE timer (
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	PRIMARY KEY (kind, subject)
);
INSERT INTO "timer" VALUES('rota','rota:0','2026-11-21 09:40:00.000000');
INSERT INTO "timer" VALUES('raise','incident:1','2026-11-21 07:09:00.000000');
INSERT INTO "timer" VALUES('close','incident:1','2026-11-22 03:40:00.000000');
INSERT INTO "timer" VALUES('update','incident:2','2026-11-21 05:05:00.000000');
INSERT INTO "timer" VALUES('inform','incident:2','2026-11-21 04:55:00.000000');
INSERT INTO "timer" VALUES('update','incident:3','2026-11-21 05:06:00.000000');
INSERT INTO "timer" VALUES('inform','incident:3','2026-11-21 04:56:00.000000');
INSERT INTO "timer" VALUES('escalation','escalation:3','2026-11-21 04:52:00.000000');
INSERT INTO "timer" VALUES('escalation','escalation:4','2026-11-21 04:52:00.000000');
CREATE TABLE usergroup (
	slack VARCHAR NOT NULL, 
	handle VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	members JSON NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (slack)
);
CREATE TABLE vendorcase (
	id INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	vendor VARCHAR NOT NULL, 
	ticket VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	opened_by VARCHAR NOT NULL, 
	opened_at DATETIME NOT NULL, 
	due_at DATETIME, 
	reminders INTEGER NOT NULL, 
	escalated INTEGER NOT NULL, 
	answered_by VARCHAR, 
	answered_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(incident) REFERENCES incident (number)
);
INSERT INTO "vendorcase" VALUES(1,1,'aws','T-1','answered','U01DEE','2026-11-21 03:09:00.000000','2026-11-21 03:24:00.000000',1,0,'U01DEE','2026-11-21 03:40:00.000000');
CREATE INDEX delivery_asks ON delivery (asks) WHERE asks IS NOT NULL;
CREATE INDEX delivery_lane ON delivery (lane, id) WHERE state IN ('pending','leased','parked');
CREATE UNIQUE INDEX delivery_once ON delivery (once) WHERE state = 'pending';
CREATE INDEX delivery_open ON delivery (priority, id) WHERE state IN ('pending','leased','parked');
CREATE INDEX ix_incident_channel_id ON incident (channel_id);
CREATE INDEX ix_incident_status ON incident (status);
CREATE INDEX ix_member_email ON member (email);
CREATE INDEX ix_oncekey_at ON oncekey (at);
CREATE INDEX ix_timer_due_at ON timer (due_at);
CREATE INDEX ix_scheduleoverride_schedule ON scheduleoverride (schedule);
CREATE INDEX ix_scheduleoverride_end ON scheduleoverride ("end");
CREATE INDEX ix_coverrequest_state ON coverrequest (state);
CREATE INDEX ix_oncallperiod_schedule ON oncallperiod (schedule);
CREATE INDEX ix_oncallperiod_start ON oncallperiod (start);
CREATE UNIQUE INDEX one_open_period ON oncallperiod (schedule) WHERE "end" IS NULL;
CREATE INDEX ix_attempt_delivery ON attempt (delivery);
CREATE INDEX ix_attempt_key ON attempt ("key");
CREATE INDEX ix_escalation_incident ON escalation (incident);
CREATE INDEX ix_escalation_state ON escalation (state);
CREATE INDEX ix_roleassignment_incident ON roleassignment (incident);
CREATE UNIQUE INDEX one_holder ON roleassignment (incident, role) WHERE until IS NULL;
CREATE INDEX ix_statusupdate_incident ON statusupdate (incident);
CREATE INDEX ix_timelineentry_incident ON timelineentry (incident);
CREATE INDEX ix_page_escalation ON page (escalation);
CREATE INDEX ix_page_incident ON page (incident);
CREATE INDEX ix_pagestep_page ON pagestep (page);
CREATE INDEX ix_decision_incident ON decision (incident);
CREATE INDEX ix_vendorcase_incident ON vendorcase (incident);
CREATE INDEX ix_handoffrating_note ON handoffrating (note);
CREATE INDEX ix_usergroup_handle ON usergroup (handle);
COMMIT;
