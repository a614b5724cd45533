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
	PRIMARY KEY(`organization_id`, `id`)
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
CREATE INDEX `uploads_by_record` ON `uploads` (`organization_id`,`record_kind`,`record_id`,`ended_at`);