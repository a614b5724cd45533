ALTER TABLE `assets` ADD `plate` text;--> statement-breakpoint
ALTER TABLE `assets` ADD `out_of_service_at` integer;--> statement-breakpoint
ALTER TABLE `assets` ADD `out_of_service_why` text;--> statement-breakpoint
ALTER TABLE `assets` ADD `version` integer DEFAULT 1 NOT NULL;