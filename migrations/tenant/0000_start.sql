CREATE TABLE `counters` (
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`organization_id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`version` integer NOT NULL,
	`about` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`what` text NOT NULL,
	`ip` text,
	`agent` text,
	`body` text NOT NULL,
	PRIMARY KEY(`organization_id`, `record_kind`, `record_id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `journal_by_time` ON `journal` (`organization_id`,`at`);--> statement-breakpoint
CREATE INDEX `journal_about` ON `journal` (`organization_id`,`about`,`at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`organization_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`attempts` integer NOT NULL,
	`done_at` integer,
	`problem` text,
	PRIMARY KEY(`organization_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`);--> statement-breakpoint
CREATE TABLE `asset_owners` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `asset_id`, `from_at`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `assets` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`unit_number` text NOT NULL,
	`kind` text NOT NULL,
	`vin` text,
	`year` integer,
	`make` text,
	`model` text,
	`shares_position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `assets_by_customer` ON `assets` (`organization_id`,`customer_id`,`unit_number`);--> statement-breakpoint
CREATE INDEX `assets_by_unit` ON `assets` (`organization_id`,`unit_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_living_vin` ON `assets` (`organization_id`,`vin`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `meter_readings` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`meter` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	`value` real NOT NULL,
	`received_value` real NOT NULL,
	`received_unit` text NOT NULL,
	`standing` text NOT NULL,
	PRIMARY KEY(`organization_id`, `asset_id`, `meter`, `at`, `source`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `contacts` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`invited_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_living_email` ON `contacts` (`organization_id`,`customer_id`,`email`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `customers` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`phone` text,
	`portal_enabled` integer NOT NULL,
	`is_self` integer NOT NULL,
	`shares_positions` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `customers_by_name` ON `customers` (`organization_id`,`name`,`id`);--> statement-breakpoint
CREATE TABLE `mails` (
	`organization_id` text NOT NULL,
	`key` text NOT NULL,
	`template` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`provider_id` text,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `mails_by_recipient` ON `mails` (`organization_id`,`recipient`,`accepted_at`);--> statement-breakpoint
CREATE TABLE `asset_faults` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`fault_key` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`occurrence_count` integer,
	PRIMARY KEY(`organization_id`, `asset_id`, `fault_key`, `opened_at`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `device_assignments` (
	`organization_id` text NOT NULL,
	`device_code` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`asset_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `device_code`, `from_at`),
	FOREIGN KEY (`organization_id`,`device_code`) REFERENCES `devices`(`organization_id`,`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `device_assignments_by_asset` ON `device_assignments` (`organization_id`,`asset_id`);--> statement-breakpoint
CREATE TABLE `devices` (
	`organization_id` text NOT NULL,
	`code` text NOT NULL,
	`label` text NOT NULL,
	`created_at` integer NOT NULL,
	`has_own_key` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `code`)
);
--> statement-breakpoint
CREATE TABLE `last_seen` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`device_code` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`latitude` real NOT NULL,
	`longitude` real NOT NULL,
	`speed_mps` real,
	`heading_degrees` real,
	`odometer_meters` real,
	`engine_seconds` real,
	PRIMARY KEY(`organization_id`, `asset_id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vendors` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`portal_enabled` integer NOT NULL,
	`invited_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `vendors_by_name` ON `vendors` (`organization_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `vendors_living_email` ON `vendors` (`organization_id`,`email`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `work_orders` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`asset_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`hold_reason` text,
	`lead_name` text,
	`promised_at` integer,
	`state_since` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_orders_number` ON `work_orders` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `work_orders_by_state` ON `work_orders` (`organization_id`,`state`,`state_since`);--> statement-breakpoint
CREATE INDEX `work_orders_by_asset` ON `work_orders` (`organization_id`,`asset_id`);