CREATE TABLE `outside_budgets` (
	`organization_id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`amount_cents` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `work_order_id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vendor_costs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`vendor_job_id` text NOT NULL,
	`position` integer NOT NULL,
	`submission` integer NOT NULL,
	`amount_cents` integer NOT NULL,
	`price_cents` integer NOT NULL,
	`reverses` text,
	`why` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`vendor_job_id`) REFERENCES `vendor_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vendor_costs_of_job` ON `vendor_costs` (`organization_id`,`vendor_job_id`,`position`);--> statement-breakpoint
CREATE TABLE `vendor_estimates` (
	`organization_id` text NOT NULL,
	`vendor_job_id` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`bill` text NOT NULL,
	`submitted` text NOT NULL,
	`decided` text,
	PRIMARY KEY(`organization_id`, `vendor_job_id`, `revision`),
	FOREIGN KEY (`organization_id`,`vendor_job_id`) REFERENCES `vendor_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vendor_invoices` (
	`organization_id` text NOT NULL,
	`vendor_job_id` text NOT NULL,
	`submission` integer NOT NULL,
	`state` text NOT NULL,
	`reference` text NOT NULL,
	`bill` text NOT NULL,
	`submitted` text NOT NULL,
	`decided` text,
	PRIMARY KEY(`organization_id`, `vendor_job_id`, `submission`),
	FOREIGN KEY (`organization_id`,`vendor_job_id`) REFERENCES `vendor_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vendor_jobs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`work_order_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`vendor_id` text NOT NULL,
	`title` text NOT NULL,
	`instructions` text NOT NULL,
	`due_day` text,
	`not_to_exceed_cents` integer,
	`needs_estimate` integer NOT NULL,
	`shares_customer` integer NOT NULL,
	`state` text NOT NULL,
	`state_since` integer NOT NULL,
	`reason` text NOT NULL,
	`earlier_id` text,
	`later_id` text,
	`assigned_by` text NOT NULL,
	`asked_cents` integer,
	`committed_cents` integer NOT NULL,
	`committed_at` integer,
	`actual_cents` integer NOT NULL,
	`actual_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`vendor_id`) REFERENCES `vendors`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vendor_jobs_number` ON `vendor_jobs` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `vendor_jobs_by_order` ON `vendor_jobs` (`organization_id`,`work_order_id`);--> statement-breakpoint
CREATE INDEX `vendor_jobs_by_vendor` ON `vendor_jobs` (`organization_id`,`vendor_id`,`state`,`number`);--> statement-breakpoint
CREATE INDEX `vendor_jobs_by_state` ON `vendor_jobs` (`organization_id`,`state`,`number`);--> statement-breakpoint
CREATE TABLE `vendor_users` (
	`organization_id` text NOT NULL,
	`vendor_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`added_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`organization_id`, `vendor_id`, `email`),
	FOREIGN KEY (`organization_id`,`vendor_id`) REFERENCES `vendors`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `vendors` ADD `labor_rate_cents` integer;--> statement-breakpoint
ALTER TABLE `vendors` ADD `usual_limit_cents` integer;--> statement-breakpoint
ALTER TABLE `vendors` ADD `monthly_budget_cents` integer;--> statement-breakpoint
ALTER TABLE `vendors` ADD `insured_through` text;--> statement-breakpoint
ALTER TABLE `vendors` ADD `notes` text;