CREATE TABLE `journal_seals` (
	`organization_id` text NOT NULL,
	`place` integer NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`organization_id`, `place`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_seals_once` ON `journal_seals` (`organization_id`,`record_kind`,`record_id`,`version`);--> statement-breakpoint
CREATE TABLE `seal_leases` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`held_until` integer NOT NULL
);
