CREATE TABLE `deferred_work` (
	`organization_id` text NOT NULL,
	`line_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`estimate_id` text NOT NULL,
	`revision` integer NOT NULL,
	`declined_at` integer NOT NULL,
	`offered_again_at` integer,
	PRIMARY KEY(`organization_id`, `line_id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deferred_work_by_asset` ON `deferred_work` (`organization_id`,`asset_id`,`declined_at`);--> statement-breakpoint
CREATE TABLE `estimate_revisions` (
	`organization_id` text NOT NULL,
	`estimate_id` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`shown` text,
	`hash` text,
	`sent_at` integer,
	`sent_by` text,
	`rules_version` integer,
	`viewed` text,
	`decision` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `estimate_id`, `revision`),
	FOREIGN KEY (`organization_id`,`estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `estimates` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`asset_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`work_order_id` text,
	`state` text NOT NULL,
	`is_drafting` integer NOT NULL,
	`offered_revision` integer,
	`valid_through` text,
	`title` text NOT NULL,
	`price_cents` integer NOT NULL,
	`state_since` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `estimates_number` ON `estimates` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_asset` ON `estimates` (`organization_id`,`asset_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_customer` ON `estimates` (`organization_id`,`customer_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_order` ON `estimates` (`organization_id`,`work_order_id`);