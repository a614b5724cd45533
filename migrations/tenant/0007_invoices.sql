CREATE TABLE `invoice_orders` (
	`organization_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`released_at` integer,
	PRIMARY KEY(`organization_id`, `invoice_id`, `work_order_id`),
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_orders_living` ON `invoice_orders` (`organization_id`,`work_order_id`) WHERE released_at is null;--> statement-breakpoint
CREATE TABLE `invoices` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`contents` text,
	`total_cents` integer DEFAULT 0 NOT NULL,
	`applied_cents` integer DEFAULT 0 NOT NULL,
	`terms` text,
	`issued_at` integer,
	`due_day` text,
	`due_at` integer,
	`voided_at` integer,
	`void_reason` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_number` ON `invoices` (`organization_id`,`number`) WHERE number is not null;--> statement-breakpoint
CREATE INDEX `invoices_by_state` ON `invoices` (`organization_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_by_customer` ON `invoices` (`organization_id`,`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_owed` ON `invoices` (`organization_id`,`due_at`) WHERE state = 'issued' and applied_cents < total_cents;--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`source_id` text NOT NULL,
	`invoice_id` text,
	`for_invoice_id` text,
	`amount_cents` integer NOT NULL,
	`method` text,
	`reference` text,
	`day` text,
	`why` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`source_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_by_account` ON `ledger_entries` (`organization_id`,`customer_id`,`version`,`position`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_invoice` ON `ledger_entries` (`organization_id`,`invoice_id`);