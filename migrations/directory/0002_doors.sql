CREATE TABLE `door_tries` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	`wait_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`account_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`account_id`, `code_hash`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`account_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`last_step` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `organizations` ADD `session_rules` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `viewed_by` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `started_by` text;--> statement-breakpoint
CREATE INDEX `sessions_by_starter` ON `sessions` (`started_by`) WHERE started_by is not null;