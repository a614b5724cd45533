CREATE TABLE `tablets` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`label` text NOT NULL,
	`enrol_hash` text NOT NULL,
	`enrol_until` integer NOT NULL,
	`key_hash` text,
	`invited_by` text NOT NULL,
	`enrolled_at` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tablets_enrol_hash_unique` ON `tablets` (`enrol_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `tablets_key_hash_unique` ON `tablets` (`key_hash`);--> statement-breakpoint
CREATE INDEX `tablets_by_organization` ON `tablets` (`organization_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `kind` text DEFAULT 'own' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `tablet_id` text;--> statement-breakpoint
CREATE INDEX `sessions_by_tablet` ON `sessions` (`tablet_id`) WHERE tablet_id is not null;