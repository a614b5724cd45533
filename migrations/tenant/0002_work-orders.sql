CREATE TABLE `shop_rules` (
	`organization_id` text NOT NULL,
	`version` integer NOT NULL,
	`rules` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `canned_jobs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`complaint` text NOT NULL,
	`correction` text NOT NULL,
	`vmrs` text,
	`lines` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `canned_jobs_by_name` ON `canned_jobs` (`organization_id`,`name`);--> statement-breakpoint
CREATE TABLE `labor_entries` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`job_id` text NOT NULL,
	`technician_id` text NOT NULL,
	`technician_name` text NOT NULL,
	`started_at` integer NOT NULL,
	`stopped_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`job_id`) REFERENCES `work_order_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `labor_entries_by_order` ON `labor_entries` (`organization_id`,`work_order_id`,`started_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `labor_entries_one_running` ON `labor_entries` (`organization_id`,`technician_id`) WHERE stopped_at is null;--> statement-breakpoint
CREATE TABLE `work_order_jobs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`position` integer NOT NULL,
	`complaint` text NOT NULL,
	`cause` text NOT NULL,
	`correction` text NOT NULL,
	`vmrs` text,
	`technician_id` text,
	`technician_name` text,
	`lines` text NOT NULL,
	`version` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `work_order_jobs_by_order` ON `work_order_jobs` (`organization_id`,`work_order_id`,`position`);--> statement-breakpoint
DROP INDEX `work_orders_by_asset`;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `lead_id` text;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `purchase_order` text;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `completed_at` integer;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `rules_version` integer;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `price_cents` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `cost_cents` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `head_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `work_orders` ADD `state_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `work_orders_by_customer` ON `work_orders` (`organization_id`,`customer_id`,`number`);--> statement-breakpoint
CREATE INDEX `work_orders_by_asset` ON `work_orders` (`organization_id`,`asset_id`,`number`);--> statement-breakpoint
ALTER TABLE `customers` ADD `labor_rate_cents` integer;--> statement-breakpoint
ALTER TABLE `customers` ADD `tax_certificate` text;--> statement-breakpoint
UPDATE `work_orders` SET `completed_at` = `state_since`, `rules_version` = 0 WHERE `state` = 'completed';
