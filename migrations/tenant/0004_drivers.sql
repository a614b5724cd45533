CREATE TABLE `asset_drivers` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`driver_id` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	PRIMARY KEY(`organization_id`, `driver_id`, `asset_id`, `from_at`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`driver_id`) REFERENCES `drivers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `asset_drivers_by_asset` ON `asset_drivers` (`organization_id`,`asset_id`,`from_at`);--> statement-breakpoint
CREATE TABLE `drivers` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`phone` text,
	`portal_enabled` integer NOT NULL,
	`code` text NOT NULL,
	`pin_hash` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `drivers_by_customer` ON `drivers` (`organization_id`,`customer_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `drivers_living_code` ON `drivers` (`organization_id`,`code`) WHERE archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `drivers_living_email` ON `drivers` (`organization_id`,`email`) WHERE archived_at is null;