CREATE TABLE `staff_bells` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`ways` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `membership_id`)
);
--> statement-breakpoint
CREATE TABLE `staff_notices` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`key` text NOT NULL,
	`event` text NOT NULL,
	`words` text NOT NULL,
	`href` text NOT NULL,
	`at` integer NOT NULL,
	`digest_at` integer,
	PRIMARY KEY(`organization_id`, `membership_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `staff_notices_by_time` ON `staff_notices` (`organization_id`,`membership_id`,`at`);--> statement-breakpoint
CREATE INDEX `staff_notices_by_digest` ON `staff_notices` (`organization_id`,`membership_id`,`digest_at`);