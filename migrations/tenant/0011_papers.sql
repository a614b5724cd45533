CREATE TABLE `papers` (
	`organization_id` text NOT NULL,
	`record_kind` text NOT NULL,
	`record_id` text NOT NULL,
	`edition` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`printed_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `record_kind`, `record_id`, `edition`)
);
