CREATE TABLE `core_returns` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`line_id` text NOT NULL,
	`outcome` text NOT NULL,
	`quantity_thousandths` integer NOT NULL,
	`credited_cents` integer NOT NULL,
	`credit_note_id` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`credit_note_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `core_returns_by_invoice` ON `core_returns` (`organization_id`,`invoice_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `core_returns_by_credit_note` ON `core_returns` (`organization_id`,`credit_note_id`) WHERE credit_note_id is not null;--> statement-breakpoint
ALTER TABLE `invoices` ADD `cores_out_thousandths` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `invoices_with_cores_out` ON `invoices` (`organization_id`,`cores_out_thousandths`) WHERE state = 'issued' and cores_out_thousandths > 0;--> statement-breakpoint
UPDATE `invoices` SET `cores_out_thousandths` = (
	SELECT coalesce(sum(json_extract(line.value, '$.quantity')), 0)
	FROM json_each(`invoices`.`contents`, '$.groups') AS work, json_each(work.value, '$.jobs') AS job, json_each(job.value, '$.lines') AS line
	WHERE json_extract(line.value, '$.kind') = 'core' AND json_extract(line.value, '$.price') > 0 AND json_extract(line.value, '$.quantity') > 0
) WHERE `state` = 'issued';
