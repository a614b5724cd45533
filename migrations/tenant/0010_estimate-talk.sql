CREATE TABLE `estimate_messages` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`estimate_id` text NOT NULL,
	`line_id` text,
	`by` text NOT NULL,
	`email` text,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `estimate_messages_by_estimate` ON `estimate_messages` (`organization_id`,`estimate_id`,`at`);--> statement-breakpoint
ALTER TABLE `estimate_revisions` ADD `asked` text;