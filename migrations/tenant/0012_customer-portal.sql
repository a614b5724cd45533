ALTER TABLE `contacts` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `muted_events` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `request` text;