CREATE TABLE `counters` (
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`organization_id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`edition` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`printed_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `record_kind`, `record_id`, `edition`)
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
	`event` text NOT NULL,
	`ip` text,
	`user_agent` text,
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
	`record` text,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`attempts` integer NOT NULL,
	`done_at` integer,
	`problem` text,
	PRIMARY KEY(`organization_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_in_order` ON `outbox` (`organization_id`,`record`,`created_at`);--> statement-breakpoint
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
	`plate` text,
	`lower_unit_number` text GENERATED ALWAYS AS (lower(`unit_number`)) VIRTUAL,
	`compact_vin` text GENERATED ALWAYS AS (replace(replace(upper(`vin`), ' ', ''), '-', '')) VIRTUAL,
	`vin_end` text GENERATED ALWAYS AS (substr(compact_vin, -6)) VIRTUAL,
	`compact_plate` text GENERATED ALWAYS AS (replace(replace(upper(`plate`), ' ', ''), '-', '')) VIRTUAL,
	`year` integer,
	`make` text,
	`model` text,
	`shares_position` integer NOT NULL,
	`out_of_service_at` integer,
	`out_of_service_why` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assets_kind" CHECK(`kind` in ('truck', 'trailer', 'equipment'))
);
--> statement-breakpoint
CREATE INDEX `assets_by_customer` ON `assets` (`organization_id`,`customer_id`,`unit_number`);--> statement-breakpoint
CREATE INDEX `assets_by_unit_in_any_case` ON `assets` (`organization_id`,`lower_unit_number`);--> statement-breakpoint
CREATE INDEX `assets_by_vin_end` ON `assets` (`organization_id`,`vin_end`) WHERE vin_end is not null;--> statement-breakpoint
CREATE INDEX `assets_by_plate` ON `assets` (`organization_id`,`compact_plate`) WHERE compact_plate is not null;--> statement-breakpoint
CREATE INDEX `assets_by_unit` ON `assets` (`organization_id`,`unit_number`,`id`);--> statement-breakpoint
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
	`status` text NOT NULL,
	`reason` text,
	`decided_by` text,
	PRIMARY KEY(`organization_id`, `asset_id`, `meter`, `at`, `source`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meter_readings_meter" CHECK(`meter` in ('odometer', 'engine', 'reefer', 'pto')),
	CONSTRAINT "meter_readings_status" CHECK(`status` in ('counted', 'review', 'dismissed')),
	CONSTRAINT "meter_readings_reason" CHECK(`reason` in ('zero', 'too-high', 'rollback', 'jump'))
);
--> statement-breakpoint
CREATE INDEX `meter_readings_listed` ON `meter_readings` (`organization_id`,`asset_id`,`at`) WHERE (source <> 'telematics' or status <> 'counted');--> statement-breakpoint
CREATE INDEX `meter_readings_in_review` ON `meter_readings` (`organization_id`,`asset_id`,`at`) WHERE status = 'review';--> statement-breakpoint
CREATE TABLE `meters` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`asset_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`offset` real NOT NULL,
	`since` integer NOT NULL,
	`replaced_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meters_kind" CHECK(`kind` in ('odometer', 'engine', 'reefer', 'pto'))
);
--> statement-breakpoint
CREATE INDEX `meters_by_asset` ON `meters` (`organization_id`,`asset_id`,`kind`,`since`);--> statement-breakpoint
CREATE UNIQUE INDEX `meters_in_use` ON `meters` (`organization_id`,`asset_id`,`kind`) WHERE replaced_at is null;--> statement-breakpoint
CREATE TABLE `attachments` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`file` text NOT NULL,
	`thumbnail` text,
	`audiences` text NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` text NOT NULL,
	`hidden_at` integer,
	`hidden_by` text,
	`hidden_reason` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	CONSTRAINT "attachments_media_type" CHECK(`media_type` in ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf', 'video/mp4', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/csv'))
);
--> statement-breakpoint
CREATE INDEX `attachments_by_record` ON `attachments` (`organization_id`,`record_kind`,`record_id`,`added_at`,`id`);--> statement-breakpoint
CREATE TABLE `upload_parts` (
	`organization_id` text NOT NULL,
	`upload_id` text NOT NULL,
	`number` integer NOT NULL,
	`etag` text NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`organization_id`, `upload_id`, `number`),
	FOREIGN KEY (`organization_id`,`upload_id`) REFERENCES `uploads`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`name` text NOT NULL,
	`bytes` integer NOT NULL,
	`audiences` text NOT NULL,
	`file` text NOT NULL,
	`thumbnail` text,
	`multipart_id` text NOT NULL,
	`by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `uploads_by_record` ON `uploads` (`organization_id`,`record_kind`,`record_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `journal_seals` (
	`organization_id` text NOT NULL,
	`place` integer NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`organization_id`, `place`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_seals_once` ON `journal_seals` (`organization_id`,`record_kind`,`record_id`,`version`);--> statement-breakpoint
CREATE TABLE `seal_leases` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`held_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contacts` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`phone` text,
	`muted_events` text DEFAULT '[]' NOT NULL,
	`may_documents` integer DEFAULT true NOT NULL,
	`may_decide` integer DEFAULT false NOT NULL,
	`decide_limit` integer,
	`may_pay` integer DEFAULT false NOT NULL,
	`may_drivers` integer DEFAULT false NOT NULL,
	`may_service` integer DEFAULT false NOT NULL,
	`may_certify` integer DEFAULT false NOT NULL,
	`may_export` integer DEFAULT false NOT NULL,
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
	`phone_digits` text,
	`phone_end` text GENERATED ALWAYS AS (substr(phone_digits, -7)) VIRTUAL,
	`address` text,
	`tax_id` text,
	`portal_enabled` integer NOT NULL,
	`is_self` integer NOT NULL,
	`shares_positions` integer NOT NULL,
	`labor_rate_cents` integer,
	`tax_certificate` text,
	`tax_certificate_through` text,
	`terms` text,
	`credit_limit_cents` integer,
	`credit_hold` integer DEFAULT false NOT NULL,
	`monthly_statement` integer DEFAULT false NOT NULL,
	`statement_through` text,
	`warning` text,
	`standing_most_cents` integer,
	`needs_purchase_order` integer DEFAULT false NOT NULL,
	`daily_inspections` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	CONSTRAINT "customers_terms" CHECK(`terms` in ('receipt', 'net-15', 'net-30', 'net-45', 'net-60'))
);
--> statement-breakpoint
CREATE INDEX `customers_by_phone` ON `customers` (`organization_id`,`phone_end`) WHERE phone_end is not null;--> statement-breakpoint
CREATE INDEX `customers_by_name` ON `customers` (`organization_id`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `customers_with_monthly_statement` ON `customers` (`organization_id`,`statement_through`) WHERE monthly_statement = 1;--> statement-breakpoint
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
CREATE UNIQUE INDEX `drivers_living_email` ON `drivers` (`organization_id`,`email`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `estimate_messages` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`estimate_id` text NOT NULL,
	`line_id` text,
	`by` text NOT NULL,
	`email` text,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `estimate_messages_by_estimate` ON `estimate_messages` (`organization_id`,`estimate_id`,`at`);--> statement-breakpoint
CREATE TABLE `estimate_revisions` (
	`organization_id` text NOT NULL,
	`estimate_id` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`snapshot` text,
	`hash` text,
	`sent_at` integer,
	`sent_by` text,
	`rules_version` integer,
	`viewed` text,
	`asked` text,
	`decision` text,
	`withdrawn` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `estimate_id`, `revision`),
	FOREIGN KEY (`organization_id`,`estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "estimate_revisions_state" CHECK(`state` in ('draft', 'sent', 'approved', 'partially-approved', 'declined', 'changes-requested', 'superseded', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE `estimates` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`asset_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`state` text NOT NULL,
	`is_drafting` integer NOT NULL,
	`latest_sent_revision` integer,
	`valid_through` text,
	`valid_order` text GENERATED ALWAYS AS (coalesce(valid_through, '9999-12-31')) VIRTUAL,
	`title` text NOT NULL,
	`total_cents` integer,
	`total_order_cents` integer GENERATED ALWAYS AS (coalesce(total_cents, -1)) VIRTUAL,
	`state_since` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "estimates_state" CHECK(`state` in ('draft', 'sent', 'approved', 'partially-approved', 'declined', 'changes-requested', 'superseded', 'withdrawn'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `estimates_number` ON `estimates` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_last_day` ON `estimates` (`organization_id`,`valid_order`,`id`);--> statement-breakpoint
CREATE INDEX `estimates_by_total` ON `estimates` (`organization_id`,`total_order_cents`,`id`);--> statement-breakpoint
CREATE INDEX `estimates_by_asset` ON `estimates` (`organization_id`,`asset_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_customer` ON `estimates` (`organization_id`,`customer_id`,`number`);--> statement-breakpoint
CREATE INDEX `estimates_by_order` ON `estimates` (`organization_id`,`work_order_id`);--> statement-breakpoint
CREATE TABLE `defect_certifications` (
	`organization_id` text NOT NULL,
	`defect_id` text NOT NULL,
	`round` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`signed_name` text NOT NULL,
	`signed_for` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `defect_id`, `round`),
	FOREIGN KEY (`organization_id`,`defect_id`) REFERENCES `inspection_defects`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "defect_certifications_outcome" CHECK(`outcome` in ('repaired', 'not-necessary'))
);
--> statement-breakpoint
CREATE TABLE `defect_reviews` (
	`organization_id` text NOT NULL,
	`defect_id` text NOT NULL,
	`round` integer NOT NULL,
	`inspection_id` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`driver_name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `defect_id`, `round`, `inspection_id`),
	FOREIGN KEY (`organization_id`,`inspection_id`) REFERENCES `inspections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "defect_reviews_outcome" CHECK(`outcome` in ('accepted', 'rejected'))
);
--> statement-breakpoint
CREATE INDEX `defect_reviews_by_inspection` ON `defect_reviews` (`organization_id`,`inspection_id`);--> statement-breakpoint
CREATE TABLE `defect_sightings` (
	`organization_id` text NOT NULL,
	`defect_id` text NOT NULL,
	`inspection_id` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `defect_id`, `inspection_id`),
	FOREIGN KEY (`organization_id`,`inspection_id`) REFERENCES `inspections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `defect_sightings_by_inspection` ON `defect_sightings` (`organization_id`,`inspection_id`);--> statement-breakpoint
CREATE TABLE `inspection_checklists` (
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`groups` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `kind`, `version`),
	CONSTRAINT "inspection_checklists_kind" CHECK(`kind` in ('truck', 'trailer', 'equipment'))
);
--> statement-breakpoint
CREATE TABLE `inspection_defects` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`inspection_id` text NOT NULL,
	`asset_id` text,
	`part` text NOT NULL,
	`problem` text NOT NULL,
	`note` text NOT NULL,
	`severity` text NOT NULL,
	`reported_at` integer NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`work_order_id` text,
	`job_id` text,
	`kept_round` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`inspection_id`) REFERENCES `inspections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_defects_state" CHECK(`state` in ('open', 'certified', 'closed')),
	CONSTRAINT "inspection_defects_severity" CHECK(`severity` in ('safety', 'minor')),
	CONSTRAINT "inspection_defects_problem" CHECK(`problem` in ('not-working', 'worn', 'broken', 'leaking', 'loose', 'missing', 'low', 'noise', 'other'))
);
--> statement-breakpoint
CREATE INDEX `inspection_defects_by_asset` ON `inspection_defects` (`organization_id`,`asset_id`,`reported_at`);--> statement-breakpoint
CREATE INDEX `inspection_defects_by_inspection` ON `inspection_defects` (`organization_id`,`inspection_id`);--> statement-breakpoint
CREATE INDEX `inspection_defects_by_order` ON `inspection_defects` (`organization_id`,`work_order_id`);--> statement-breakpoint
CREATE INDEX `inspection_defects_waiting` ON `inspection_defects` (`organization_id`,`state`,`asset_id`) WHERE state <> 'closed';--> statement-breakpoint
CREATE TABLE `inspection_photos` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`inspection_id` text NOT NULL,
	`defect_id` text NOT NULL,
	`position` integer NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`parts` text,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`defect_id`) REFERENCES `inspection_defects`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `inspection_photos_by_inspection` ON `inspection_photos` (`organization_id`,`inspection_id`);--> statement-breakpoint
CREATE TABLE `inspection_settings` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`wait_hours` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inspections` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`submission_id` text NOT NULL,
	`position` integer NOT NULL,
	`asset_id` text,
	`matched_at` integer,
	`unit_number` text NOT NULL,
	`customer_id` text NOT NULL,
	`driver_id` text,
	`driver_name` text NOT NULL,
	`kind` text NOT NULL,
	`unit_kind` text NOT NULL,
	`checklist_version` integer NOT NULL,
	`confirmed` text NOT NULL,
	`day` text NOT NULL,
	`odometer` real,
	`engine` real,
	`language` text NOT NULL,
	`started_at` integer NOT NULL,
	`signed_at` integer NOT NULL,
	`device_signed_at` integer NOT NULL,
	`clock_offset_ms` integer NOT NULL,
	`received_at` integer NOT NULL,
	`latitude` real,
	`longitude` real,
	`signature` text NOT NULL,
	`defects` integer NOT NULL,
	`safety_defects` integer NOT NULL,
	`entered_by` text,
	`corrects_id` text,
	`is_too_fast` integer NOT NULL,
	`after_switch_off` integer NOT NULL,
	`sha256` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`driver_id`) REFERENCES `drivers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspections_kind" CHECK(`kind` in ('pre-trip', 'post-trip', 'during-trip')),
	CONSTRAINT "inspections_unit_kind" CHECK(`unit_kind` in ('truck', 'trailer', 'equipment')),
	CONSTRAINT "inspections_language" CHECK(`language` in ('en', 'es'))
);
--> statement-breakpoint
CREATE INDEX `inspections_by_submission` ON `inspections` (`organization_id`,`submission_id`);--> statement-breakpoint
CREATE INDEX `inspections_by_time` ON `inspections` (`organization_id`,`signed_at`,`id`);--> statement-breakpoint
CREATE INDEX `inspections_by_unit_number` ON `inspections` (`organization_id`,`unit_number`,`signed_at`,`id`);--> statement-breakpoint
CREATE INDEX `inspections_by_asset` ON `inspections` (`organization_id`,`asset_id`,`signed_at`);--> statement-breakpoint
CREATE INDEX `inspections_by_customer` ON `inspections` (`organization_id`,`customer_id`,`signed_at`);--> statement-breakpoint
CREATE INDEX `inspections_by_corrected` ON `inspections` (`organization_id`,`corrects_id`) WHERE corrects_id is not null;--> statement-breakpoint
CREATE INDEX `inspections_by_driver` ON `inspections` (`organization_id`,`driver_id`,`signed_at`);--> statement-breakpoint
CREATE TABLE `roadside_pages` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`asset_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roadside_pages_by_asset` ON `roadside_pages` (`organization_id`,`asset_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `core_returns` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`line_id` text NOT NULL,
	`outcome` text NOT NULL,
	`quantity_thousandths` integer NOT NULL,
	`credited_cents` integer NOT NULL,
	`credit_note_id` text,
	`why` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`credit_note_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "core_returns_outcome" CHECK(`outcome` in ('credited', 'forfeited', 'reopened'))
);
--> statement-breakpoint
CREATE INDEX `core_returns_by_invoice` ON `core_returns` (`organization_id`,`invoice_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `core_returns_by_credit_note` ON `core_returns` (`organization_id`,`credit_note_id`) WHERE credit_note_id is not null;--> statement-breakpoint
CREATE TABLE `invoice_orders` (
	`organization_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`authorized` text,
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
	`number_order` integer GENERATED ALWAYS AS (coalesce(number, case when state = 'draft' then 1000000000000 else 0 end)) VIRTUAL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`contents` text,
	`total_cents` integer DEFAULT 0 NOT NULL,
	`applied_cents` integer DEFAULT 0 NOT NULL,
	`balance_order_cents` integer GENERATED ALWAYS AS (total_cents - applied_cents) VIRTUAL,
	`cores_out_thousandths` integer DEFAULT 0 NOT NULL,
	`terms` text,
	`issued_at` integer,
	`due_day` text,
	`due_order` text GENERATED ALWAYS AS (coalesce(due_day, '9999-12-31')) VIRTUAL,
	`due_at` integer,
	`reminded_step` integer,
	`voided_at` integer,
	`void_reason` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invoices_state" CHECK(`state` in ('draft', 'issued', 'void')),
	CONSTRAINT "invoices_terms" CHECK(`terms` in ('receipt', 'net-15', 'net-30', 'net-45', 'net-60'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_number` ON `invoices` (`organization_id`,`number`) WHERE number is not null;--> statement-breakpoint
CREATE INDEX `invoices_by_number` ON `invoices` (`organization_id`,`number_order`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_by_due_day` ON `invoices` (`organization_id`,`due_order`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_by_balance` ON `invoices` (`organization_id`,`balance_order_cents`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_by_state` ON `invoices` (`organization_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_by_customer` ON `invoices` (`organization_id`,`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_with_cores_out` ON `invoices` (`organization_id`,`cores_out_thousandths`) WHERE state = 'issued' and cores_out_thousandths > 0;--> statement-breakpoint
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
	`for_estimate_id` text,
	`corrects_id` text,
	`amount_cents` integer NOT NULL,
	`method` text,
	`reference` text,
	`day` text NOT NULL,
	`why` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`source_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`for_estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_kind" CHECK(`kind` in ('payment', 'credit', 'credit-note', 'allocation', 'release', 'refund', 'reversal', 'reinstatement', 'correction', 'chargeback')),
	CONSTRAINT "ledger_entries_method" CHECK(`method` in ('cash', 'check', 'ach', 'card', 'square'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_by_account` ON `ledger_entries` (`organization_id`,`customer_id`,`version`,`position`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_day` ON `ledger_entries` (`organization_id`,`customer_id`,`day`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_estimate` ON `ledger_entries` (`organization_id`,`for_estimate_id`) WHERE for_estimate_id is not null;--> statement-breakpoint
CREATE INDEX `ledger_entries_through_square` ON `ledger_entries` (`organization_id`,`day`) WHERE method = 'square';--> statement-breakpoint
CREATE INDEX `ledger_entries_by_invoice` ON `ledger_entries` (`organization_id`,`invoice_id`);--> statement-breakpoint
CREATE TABLE `reservations` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`source_id` text NOT NULL,
	`amount_cents` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`source_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reservations_living` ON `reservations` (`organization_id`,`customer_id`) WHERE amount_cents > 0;--> statement-breakpoint
CREATE TABLE `calendar_feeds` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text,
	`sha256` text NOT NULL,
	`created_by` text NOT NULL,
	`member_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_by_hash` ON `calendar_feeds` (`organization_id`,`sha256`);--> statement-breakpoint
CREATE INDEX `calendar_feeds_by_customer` ON `calendar_feeds` (`organization_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `maintenance_checks` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`through` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `maintenance_schedules` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`asset_id` text NOT NULL,
	`template_id` text NOT NULL,
	`baseline` text NOT NULL,
	`state` text NOT NULL,
	`first_by` text,
	`due_day` text,
	`due_meter` real,
	`projected_day` text,
	`ordered` integer DEFAULT false NOT NULL,
	`changes` integer DEFAULT 0 NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`template_id`) REFERENCES `maintenance_templates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "maintenance_schedules_state" CHECK(`state` in ('overdue', 'due', 'due-soon', 'unknown', 'current')),
	CONSTRAINT "maintenance_schedules_first_by" CHECK(`first_by` in ('odometer', 'engine', 'reefer', 'pto', 'calendar'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `maintenance_schedules_of_asset` ON `maintenance_schedules` (`organization_id`,`asset_id`,`template_id`) WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX `maintenance_schedules_removed` ON `maintenance_schedules` (`organization_id`,`asset_id`,`archived_at`) WHERE archived_at is not null;--> statement-breakpoint
CREATE INDEX `maintenance_schedules_by_template` ON `maintenance_schedules` (`organization_id`,`template_id`,`id`);--> statement-breakpoint
CREATE INDEX `maintenance_schedules_by_state` ON `maintenance_schedules` (`organization_id`,`state`,`projected_day`,`id`) WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX `maintenance_schedules_by_day` ON `maintenance_schedules` (`organization_id`,`projected_day`,`id`) WHERE archived_at is null;--> statement-breakpoint
CREATE TABLE `maintenance_templates` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`kind` text,
	`asset_id` text,
	`plan` text NOT NULL,
	`canned_job_id` text,
	`refreshed_to` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	CONSTRAINT "maintenance_templates_category" CHECK(`category` in ('service', 'inspection', 'registration', 'insurance', 'permit')),
	CONSTRAINT "maintenance_templates_kind" CHECK(`kind` in ('truck', 'trailer', 'equipment'))
);
--> statement-breakpoint
CREATE INDEX `maintenance_templates_by_name` ON `maintenance_templates` (`organization_id`,`name`);--> statement-breakpoint
CREATE TABLE `schedule_records` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`schedule_id` text NOT NULL,
	`kind` text NOT NULL,
	`day` text NOT NULL,
	`meters` text NOT NULL,
	`until` text,
	`note` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`schedule_id`) REFERENCES `maintenance_schedules`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "schedule_records_kind" CHECK(`kind` in ('done', 'skipped'))
);
--> statement-breakpoint
CREATE INDEX `schedule_records_by_schedule` ON `schedule_records` (`organization_id`,`schedule_id`);--> statement-breakpoint
CREATE TABLE `schedule_work` (
	`organization_id` text NOT NULL,
	`schedule_id` text NOT NULL,
	`job_id` text NOT NULL,
	`counts` integer DEFAULT true NOT NULL,
	PRIMARY KEY(`organization_id`, `schedule_id`, `job_id`),
	FOREIGN KEY (`organization_id`,`schedule_id`) REFERENCES `maintenance_schedules`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`job_id`) REFERENCES `work_order_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `schedule_work_by_job` ON `schedule_work` (`organization_id`,`job_id`);--> statement-breakpoint
CREATE TABLE `mail_addresses` (
	`organization_id` text NOT NULL,
	`address` text NOT NULL,
	`bounced_at` integer,
	`complained_at` integer,
	`delivered_at` integer,
	PRIMARY KEY(`organization_id`, `address`)
);
--> statement-breakpoint
CREATE TABLE `mail_deliveries` (
	`organization_id` text NOT NULL,
	`tag` text NOT NULL,
	`state` text NOT NULL,
	`rank` integer NOT NULL,
	`at` integer NOT NULL,
	`reason` text,
	`detail` text,
	PRIMARY KEY(`organization_id`, `tag`),
	CONSTRAINT "mail_deliveries_state" CHECK(`state` in ('sent', 'delayed', 'delivered', 'failed', 'suppressed', 'bounced', 'complained', 'held')),
	CONSTRAINT "mail_deliveries_reason" CHECK(`reason` in ('refused-for-good', 'mailbox-full', 'too-large', 'content', 'for-now'))
);
--> statement-breakpoint
CREATE INDEX `mail_deliveries_by_state` ON `mail_deliveries` (`organization_id`,`state`,`at`);--> statement-breakpoint
CREATE TABLE `mail_reports` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`tag` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `mail_reports_by_time` ON `mail_reports` (`received_at`);--> statement-breakpoint
CREATE TABLE `mails` (
	`organization_id` text NOT NULL,
	`key` text NOT NULL,
	`template` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`tag` text NOT NULL,
	`about` text,
	`provider_id` text,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `mails_by_recipient` ON `mails` (`organization_id`,`recipient`,`accepted_at`);--> statement-breakpoint
CREATE INDEX `mails_by_time` ON `mails` (`organization_id`,`accepted_at`);--> statement-breakpoint
CREATE INDEX `mails_by_tag` ON `mails` (`organization_id`,`tag`);--> statement-breakpoint
CREATE INDEX `mails_by_record` ON `mails` (`organization_id`,`about`,`accepted_at`);--> statement-breakpoint
CREATE TABLE `muted_mails` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`muted_events` text NOT NULL,
	PRIMARY KEY(`organization_id`, `membership_id`)
);
--> statement-breakpoint
CREATE TABLE `push_choices` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`choices` text NOT NULL,
	PRIMARY KEY(`organization_id`, `membership_id`)
);
--> statement-breakpoint
CREATE TABLE `sent_pushes` (
	`organization_id` text NOT NULL,
	`key` text NOT NULL,
	`device_id` text NOT NULL,
	`sent_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `key`, `device_id`)
);
--> statement-breakpoint
CREATE INDEX `sent_pushes_by_time` ON `sent_pushes` (`sent_at`);--> statement-breakpoint
CREATE TABLE `staff_notification_settings` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`delivery_methods` text NOT NULL,
	`digest_hour` integer DEFAULT 7 NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `membership_id`)
);
--> statement-breakpoint
CREATE TABLE `staff_notices` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`key` text NOT NULL,
	`event` text NOT NULL,
	`title` text NOT NULL,
	`href` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`at` integer NOT NULL,
	`digest_at` integer,
	`group_key` text NOT NULL,
	`is_newest` integer NOT NULL,
	`shown_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `membership_id`, `key`),
	CONSTRAINT "staff_notices_event" CHECK(`event` in ('estimate.answered', 'estimate.question', 'estimate.unanswered', 'service.requested', 'service.canceled', 'estimate.second-person', 'inspection.safety', 'inspection.defects', 'inspection.missing', 'inspection.uncertified', 'inspection.driven', 'fault.critical', 'maintenance.due', 'vendor-job.answered', 'vendor-job.estimate', 'vendor-job.completed', 'vendor-job.invoice', 'vendor-job.message', 'payment.received', 'payment.failed', 'payment.late', 'payment.refunded', 'payment.refund-failed', 'payment.disputed', 'payment.unclear', 'square.revoked', 'reply.received', 'mail.given-up'))
);
--> statement-breakpoint
CREATE INDEX `staff_notices_by_time` ON `staff_notices` (`organization_id`,`membership_id`,`is_newest`,`shown_at`);--> statement-breakpoint
CREATE INDEX `staff_notices_by_group` ON `staff_notices` (`organization_id`,`membership_id`,`group_key`,`at`);--> statement-breakpoint
CREATE INDEX `staff_notices_by_digest` ON `staff_notices` (`organization_id`,`membership_id`,`digest_at`);--> statement-breakpoint
CREATE TABLE `unsent_mails` (
	`organization_id` text NOT NULL,
	`key` text NOT NULL,
	`effect_key` text NOT NULL,
	`template` text NOT NULL,
	`recipient` text,
	`subject` text NOT NULL,
	`about` text,
	`state` text NOT NULL,
	`problem` text,
	`unclear_since` integer,
	`at` integer NOT NULL,
	`version` integer NOT NULL,
	`sendings` integer NOT NULL,
	`send_to` text,
	PRIMARY KEY(`organization_id`, `key`),
	CONSTRAINT "unsent_mails_state" CHECK(`state` in ('trying', 'given-up', 'unclear', 'held', 'again', 'dismissed', 'sent'))
);
--> statement-breakpoint
CREATE INDEX `unsent_mails_by_effect` ON `unsent_mails` (`organization_id`,`effect_key`);--> statement-breakpoint
CREATE INDEX `unsent_mails_open` ON `unsent_mails` (`organization_id`,`state`,`at`);--> statement-breakpoint
CREATE TABLE `shop_rules` (
	`organization_id` text NOT NULL,
	`version` integer NOT NULL,
	`rules` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `payment_intents` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`for_estimate_id` text,
	`amount_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`way` text NOT NULL,
	`merchant_id` text NOT NULL,
	`state` text NOT NULL,
	`expected_day` text,
	`link_id` text,
	`url` text,
	`square_order_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`for_estimate_id`) REFERENCES `estimates`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_intents_state" CHECK(`state` in ('creating', 'open', 'pending', 'paid', 'closed', 'failed')),
	CONSTRAINT "payment_intents_way" CHECK(`way` in ('card', 'bank'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_intents_by_order` ON `payment_intents` (`organization_id`,`square_order_id`) WHERE square_order_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `payment_intents_living_deposit` ON `payment_intents` (`organization_id`,`for_estimate_id`) WHERE for_estimate_id is not null and state in ('creating', 'open', 'pending');--> statement-breakpoint
CREATE INDEX `payment_intents_living` ON `payment_intents` (`organization_id`,`state`) WHERE state in ('creating', 'open', 'pending');--> statement-breakpoint
CREATE TABLE `payment_shares` (
	`organization_id` text NOT NULL,
	`intent_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`position` integer NOT NULL,
	`is_living` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `intent_id`, `invoice_id`),
	FOREIGN KEY (`organization_id`,`intent_id`) REFERENCES `payment_intents`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`invoice_id`) REFERENCES `invoices`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_shares_living` ON `payment_shares` (`organization_id`,`invoice_id`) WHERE is_living = 1;--> statement-breakpoint
CREATE TABLE `refund_requests` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`source_id` text NOT NULL,
	`payment_id` text NOT NULL,
	`square_id` text,
	`state` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`why` text NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`source_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "refund_requests_state" CHECK(`state` in ('asked', 'pending', 'completed', 'failed', 'unknown'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refund_requests_by_square` ON `refund_requests` (`organization_id`,`square_id`) WHERE square_id is not null;--> statement-breakpoint
CREATE INDEX `refund_requests_by_source` ON `refund_requests` (`organization_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `refund_requests_reserved` ON `refund_requests` (`organization_id`,`state`) WHERE state in ('asked', 'pending');--> statement-breakpoint
CREATE TABLE `square_disputes` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`payment_id` text NOT NULL,
	`customer_id` text,
	`source_id` text,
	`entry_id` text,
	`state` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`reason` text NOT NULL,
	`due_at` integer,
	`evidence` text,
	`evidence_asked_at` integer,
	`problem` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`source_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`entry_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "square_disputes_state" CHECK(`state` in ('INQUIRY_EVIDENCE_REQUIRED', 'INQUIRY_PROCESSING', 'INQUIRY_CLOSED', 'EVIDENCE_REQUIRED', 'PROCESSING', 'WON', 'LOST', 'ACCEPTED')),
	CONSTRAINT "square_disputes_evidence" CHECK(`evidence` in ('asked', 'sent', 'failed', 'unknown'))
);
--> statement-breakpoint
CREATE INDEX `square_disputes_by_payment` ON `square_disputes` (`organization_id`,`payment_id`);--> statement-breakpoint
CREATE INDEX `square_disputes_by_source` ON `square_disputes` (`organization_id`,`source_id`);--> statement-breakpoint
CREATE INDEX `square_disputes_by_customer` ON `square_disputes` (`organization_id`,`customer_id`);--> statement-breakpoint
CREATE INDEX `square_disputes_by_time` ON `square_disputes` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `square_events` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`raw` text NOT NULL,
	`received_at` integer NOT NULL,
	`handled_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `square_payments` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`intent_id` text,
	`customer_id` text,
	`entry_id` text,
	`status` text NOT NULL,
	`outcome` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`fee_cents` integer,
	`currency` text NOT NULL,
	`merchant_id` text NOT NULL,
	`merchant_name` text NOT NULL,
	`receipt_url` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`intent_id`) REFERENCES `payment_intents`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`entry_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "square_payments_status" CHECK(`status` in ('APPROVED', 'PENDING', 'COMPLETED', 'CANCELED', 'FAILED')),
	CONSTRAINT "square_payments_outcome" CHECK(`outcome` in ('applied', 'waiting', 'failed', 'unclear', 'elsewhere'))
);
--> statement-breakpoint
CREATE INDEX `square_payments_by_intent` ON `square_payments` (`organization_id`,`intent_id`);--> statement-breakpoint
CREATE INDEX `square_payments_by_entry` ON `square_payments` (`organization_id`,`entry_id`) WHERE entry_id is not null;--> statement-breakpoint
CREATE INDEX `square_payments_waiting` ON `square_payments` (`organization_id`,`created_at`) WHERE outcome = 'waiting';--> statement-breakpoint
CREATE INDEX `square_payments_unclear` ON `square_payments` (`organization_id`,`outcome`) WHERE outcome = 'unclear';--> statement-breakpoint
CREATE TABLE `square_refunds` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`payment_id` text NOT NULL,
	`entry_id` text,
	`status` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`reason` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`entry_id`) REFERENCES `ledger_entries`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "square_refunds_status" CHECK(`status` in ('PENDING', 'COMPLETED', 'REJECTED', 'FAILED'))
);
--> statement-breakpoint
CREATE INDEX `square_refunds_by_payment` ON `square_refunds` (`organization_id`,`payment_id`);--> statement-breakpoint
CREATE TABLE `square_connections` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`environment` text NOT NULL,
	`merchant_id` text NOT NULL,
	`merchant_name` text NOT NULL,
	`sealed_tokens` text,
	`token_key_id` text,
	`expires_at` integer NOT NULL,
	`location_id` text,
	`location_name` text,
	`currency` text,
	`may_bank` integer NOT NULL,
	`takes_bank` integer NOT NULL,
	`connected_at` integer NOT NULL,
	`asked_until` integer NOT NULL,
	CONSTRAINT "square_connections_state" CHECK(`state` in ('connected', 'revoked', 'disconnected')),
	CONSTRAINT "square_connections_environment" CHECK(`environment` in ('sandbox', 'live'))
);
--> statement-breakpoint
CREATE INDEX `square_connections_by_expiry` ON `square_connections` (`state`,`expires_at`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`search` text NOT NULL,
	`saved_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`organization_id`, `membership_id`, `list`, `name`),
	CONSTRAINT "saved_views_list" CHECK(`list` in ('work-orders', 'estimates', 'invoices', 'assets', 'customers', 'inspections'))
);
--> statement-breakpoint
CREATE TABLE `asset_days` (
	`organization_id` text NOT NULL,
	`day` text NOT NULL,
	`asset_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `day`, `asset_id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `asset_faults` (
	`organization_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`fault_key` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`occurrence_count` integer,
	`is_critical` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `asset_id`, `fault_key`, `opened_at`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `asset_faults_critical` ON `asset_faults` (`organization_id`,`asset_id`) WHERE is_critical = 1 and closed_at is null;--> statement-breakpoint
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
	`moved_at` integer,
	PRIMARY KEY(`organization_id`, `asset_id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
	`charges` text NOT NULL,
	`submitted` text NOT NULL,
	`decided` text,
	PRIMARY KEY(`organization_id`, `vendor_job_id`, `revision`),
	FOREIGN KEY (`organization_id`,`vendor_job_id`) REFERENCES `vendor_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "vendor_estimates_state" CHECK(`state` in ('submitted', 'withdrawn', 'declined', 'approved', 'lapsed'))
);
--> statement-breakpoint
CREATE TABLE `vendor_invoices` (
	`organization_id` text NOT NULL,
	`vendor_job_id` text NOT NULL,
	`submission` integer NOT NULL,
	`state` text NOT NULL,
	`reference` text NOT NULL,
	`charges` text NOT NULL,
	`submitted` text NOT NULL,
	`decided` text,
	PRIMARY KEY(`organization_id`, `vendor_job_id`, `submission`),
	FOREIGN KEY (`organization_id`,`vendor_job_id`) REFERENCES `vendor_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "vendor_invoices_state" CHECK(`state` in ('submitted', 'withdrawn', 'disputed', 'approved'))
);
--> statement-breakpoint
CREATE TABLE `vendor_jobs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`work_order_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`line_id` text NOT NULL,
	`asked_lines` text NOT NULL,
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
	`addition_waits` integer NOT NULL,
	`asked_cents` integer,
	`committed_cents` integer NOT NULL,
	`committed_at` integer,
	`actual_cents` integer NOT NULL,
	`actual_at` integer,
	`paid` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`vendor_id`) REFERENCES `vendors`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "vendor_jobs_state" CHECK(`state` in ('assigned', 'accepted', 'declined', 'recalled', 'estimate-submitted', 'revision-requested', 'approved', 'completed', 'invoiced', 'disputed', 'settled', 'ending', 'called-off'))
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
CREATE TABLE `vendors` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`labor_rate_cents` integer,
	`usual_limit_cents` integer,
	`monthly_budget_cents` integer,
	`insured_through` text,
	`notes` text,
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
CREATE TABLE `canned_jobs` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`complaint` text NOT NULL,
	`correction` text NOT NULL,
	`vmrs` text,
	`options` text,
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
	`discarded_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`job_id`) REFERENCES `work_order_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `labor_entries_by_order` ON `labor_entries` (`organization_id`,`work_order_id`,`started_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `labor_entries_one_running` ON `labor_entries` (`organization_id`,`technician_id`) WHERE stopped_at is null;--> statement-breakpoint
CREATE TABLE `line_decisions` (
	`organization_id` text NOT NULL,
	`line_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`outcome` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`ground` text,
	`reason` text NOT NULL,
	`estimate_id` text,
	`revision` integer,
	`by` text NOT NULL,
	`how` text NOT NULL,
	`splits` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `line_id`, `sequence`),
	FOREIGN KEY (`organization_id`,`line_id`) REFERENCES `work_order_lines`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "line_decisions_outcome" CHECK(`outcome` in ('approved', 'declined', 'difference-declined', 'unchosen', 'reasoned', 'withdrawn', 'unanswered')),
	CONSTRAINT "line_decisions_how" CHECK(`how` in ('portal', 'mail', 'phone', 'in person')),
	CONSTRAINT "line_decisions_ground" CHECK(`ground` in ('override', 'warranty', 'internal'))
);
--> statement-breakpoint
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
	`options` text,
	`version` integer NOT NULL,
	`canned_job_id` text,
	`continues` text,
	`done_at` integer,
	`removed_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `work_order_jobs_by_order` ON `work_order_jobs` (`organization_id`,`work_order_id`,`position`);--> statement-breakpoint
CREATE INDEX `work_order_jobs_continued` ON `work_order_jobs` (`organization_id`,`continues`) WHERE continues is not null;--> statement-breakpoint
CREATE TABLE `work_order_lines` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`work_order_id` text NOT NULL,
	`job_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`part_number` text,
	`compact_part_number` text GENERATED ALWAYS AS (replace(replace(upper(`part_number`), ' ', ''), '-', '')) VIRTUAL,
	`quantity_thousandths` integer NOT NULL,
	`each_cents` integer NOT NULL,
	`discount_basis_points` integer,
	`cost_cents` integer,
	`supplies` integer NOT NULL,
	`safety` integer NOT NULL,
	`option_id` text,
	`of_line` text,
	`quoted_cents` integer,
	`estimate_id` text,
	`offered_price_cents` integer,
	`offered_through` text,
	`quoted_before_cents` integer,
	`is_offered` integer NOT NULL,
	`offered_with` text,
	`done` integer,
	`revived_from` text,
	`vendor_job_id` text,
	`price_follows` integer NOT NULL,
	`price_open` integer NOT NULL,
	`deferred_as` text,
	`deferred_at` integer,
	`version` integer NOT NULL,
	`written_in` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`work_order_id`) REFERENCES `work_orders`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`job_id`) REFERENCES `work_order_jobs`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "work_order_lines_kind" CHECK(`kind` in ('labor', 'part', 'core', 'fee', 'outside')),
	CONSTRAINT "work_order_lines_deferred_as" CHECK(`deferred_as` in ('declined', 'withdrawn', 'unanswered'))
);
--> statement-breakpoint
CREATE INDEX `work_order_lines_by_order` ON `work_order_lines` (`organization_id`,`work_order_id`,`position`);--> statement-breakpoint
CREATE INDEX `work_order_lines_by_part` ON `work_order_lines` (`organization_id`,`compact_part_number`) WHERE compact_part_number is not null;--> statement-breakpoint
CREATE INDEX `work_order_lines_deferred` ON `work_order_lines` (`organization_id`,`deferred_at`) WHERE deferred_at is not null;--> statement-breakpoint
CREATE INDEX `work_order_lines_offered` ON `work_order_lines` (`organization_id`,`offered_through`) WHERE is_offered = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `work_order_lines_revived` ON `work_order_lines` (`organization_id`,`revived_from`) WHERE revived_from is not null and removed_at is null;--> statement-breakpoint
CREATE TABLE `work_orders` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`asset_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`hold_reason` text,
	`held_from` text,
	`lead_id` text,
	`lead_name` text,
	`purchase_order` text,
	`lower_purchase_order` text GENERATED ALWAYS AS (lower(`purchase_order`)) VIRTUAL,
	`request` text,
	`promised_at` integer,
	`promised_order` integer GENERATED ALWAYS AS (coalesce(promised_at, 9007199254740991)) VIRTUAL,
	`state_since` integer NOT NULL,
	`arrived_at` integer,
	`released_at` integer,
	`completed_at` integer,
	`rules_version` integer,
	`opened_tax_exempt` integer DEFAULT false NOT NULL,
	`standing_most_cents` integer,
	`named_most_cents` integer,
	`approved_most_cents` integer,
	`most_named_on` text,
	`price_cents` integer DEFAULT 0 NOT NULL,
	`cost_cents` integer DEFAULT 0 NOT NULL,
	`over_cents` integer DEFAULT 0 NOT NULL,
	`over_lines` integer DEFAULT 0 NOT NULL,
	`version` integer NOT NULL,
	`head_version` integer DEFAULT 1 NOT NULL,
	`state_version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`asset_id`) REFERENCES `assets`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "work_orders_state" CHECK(`state` in ('draft', 'open', 'in-progress', 'on-hold', 'completed', 'invoiced', 'canceled')),
	CONSTRAINT "work_orders_hold_reason" CHECK(`hold_reason` in ('approval', 'parts', 'vendor')),
	CONSTRAINT "work_orders_held_from" CHECK(`held_from` in ('draft', 'open', 'in-progress', 'on-hold', 'completed', 'invoiced', 'canceled'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_orders_number` ON `work_orders` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `work_orders_by_purchase_order` ON `work_orders` (`organization_id`,`lower_purchase_order`) WHERE lower_purchase_order is not null;--> statement-breakpoint
CREATE INDEX `work_orders_by_promise` ON `work_orders` (`organization_id`,`promised_order`,`id`);--> statement-breakpoint
CREATE INDEX `work_orders_by_price` ON `work_orders` (`organization_id`,`price_cents`,`id`);--> statement-breakpoint
CREATE INDEX `work_orders_by_state` ON `work_orders` (`organization_id`,`state`,`state_since`);--> statement-breakpoint
CREATE INDEX `work_orders_by_asset` ON `work_orders` (`organization_id`,`asset_id`,`number`);--> statement-breakpoint
CREATE INDEX `work_orders_by_customer` ON `work_orders` (`organization_id`,`customer_id`,`number`);