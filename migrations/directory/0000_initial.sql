CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`password_hash` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email_unique` ON `accounts` (`email`);--> statement-breakpoint
CREATE TABLE `filing_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`membership_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`session_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `filing_tokens_by_session` ON `filing_tokens` (`session_id`);--> statement-breakpoint
CREATE INDEX `filing_tokens_by_membership` ON `filing_tokens` (`membership_id`);--> statement-breakpoint
CREATE INDEX `filing_tokens_by_expiry` ON `filing_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `hosts` (
	`host` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ingest_keys` (
	`key_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`organization_id` text NOT NULL,
	`device_code` text,
	`label` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ingest_keys_id_unique` ON `ingest_keys` (`id`);--> statement-breakpoint
CREATE INDEX `ingest_keys_by_organization` ON `ingest_keys` (`organization_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`account_id` text,
	`audience` text NOT NULL,
	`party_id` text,
	`role` text,
	`name` text NOT NULL,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "memberships_audience" CHECK(`audience` in ('staff', 'customer', 'vendor', 'driver')),
	CONSTRAINT "memberships_role" CHECK(`role` in ('owner', 'manager', 'technician'))
);
--> statement-breakpoint
CREATE INDEX `memberships_by_account` ON `memberships` (`account_id`,`audience`);--> statement-breakpoint
CREATE INDEX `memberships_by_party` ON `memberships` (`organization_id`,`audience`,`party_id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`plan` text NOT NULL,
	`zone` text NOT NULL,
	`locale` text NOT NULL,
	`currency` text NOT NULL,
	`distance_unit` text NOT NULL,
	`brand_color` text NOT NULL,
	`logo` text,
	`phone` text,
	`email` text,
	`address` text,
	`remit_to` text,
	`tax_id` text,
	`payment_terms` text,
	`public_origin` text NOT NULL,
	`session_rules` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "organizations_plan" CHECK(`plan` in ('free', 'pro', 'pro-plus')),
	CONSTRAINT "organizations_distance_unit" CHECK(`distance_unit` in ('mi', 'km'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug_unique` ON `organizations` (`slug`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`audience` text NOT NULL,
	`kind` text DEFAULT 'personal' NOT NULL,
	`tablet_id` text,
	`viewed_by` text,
	`started_by` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ended_at` integer,
	`ip` text,
	`user_agent` text,
	CONSTRAINT "sessions_audience" CHECK(`audience` in ('staff', 'customer', 'vendor', 'driver')),
	CONSTRAINT "sessions_kind" CHECK(`kind` in ('personal', 'shared', 'impersonation'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id_unique` ON `sessions` (`id`);--> statement-breakpoint
CREATE INDEX `sessions_by_membership` ON `sessions` (`membership_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_tablet` ON `sessions` (`tablet_id`) WHERE tablet_id is not null;--> statement-breakpoint
CREATE INDEX `sessions_by_starter` ON `sessions` (`started_by`) WHERE started_by is not null;--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`code_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`audience` text NOT NULL,
	`email` text NOT NULL,
	`account_id` text,
	`organization_id` text,
	`leads_to` text,
	`attempts_left` integer NOT NULL,
	`mailed_at` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	CONSTRAINT "sign_in_links_purpose" CHECK(`purpose` in ('sign-in', 'set-password')),
	CONSTRAINT "sign_in_links_audience" CHECK(`audience` in ('staff', 'customer', 'vendor', 'driver'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_links_token_hash_unique` ON `sign_in_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sign_in_links_by_email` ON `sign_in_links` (`email`,`audience`);--> statement-breakpoint
CREATE TABLE `square_accounts` (
	`environment` text NOT NULL,
	`merchant_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`environment`, `merchant_id`),
	CONSTRAINT "square_accounts_environment" CHECK(`environment` in ('sandbox', 'live'))
);
--> statement-breakpoint
CREATE INDEX `square_accounts_by_organization` ON `square_accounts` (`organization_id`);--> statement-breakpoint
CREATE TABLE `tablets` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`label` text NOT NULL,
	`enrol_hash` text NOT NULL,
	`enrol_until` integer NOT NULL,
	`key_hash` text,
	`invited_by` text NOT NULL,
	`enrolled_at` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tablets_enrol_hash_unique` ON `tablets` (`enrol_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `tablets_key_hash_unique` ON `tablets` (`key_hash`);--> statement-breakpoint
CREATE INDEX `tablets_by_organization` ON `tablets` (`organization_id`);--> statement-breakpoint
CREATE TABLE `throttles` (
	`key` text NOT NULL,
	`window` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key`, `window`)
);
--> statement-breakpoint
CREATE TABLE `push_devices` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`audience` text NOT NULL,
	`key_hash` text NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`server_key` text NOT NULL,
	`user_agent` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "push_devices_audience" CHECK(`audience` in ('staff', 'customer', 'vendor', 'driver'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_devices_key_hash_unique` ON `push_devices` (`key_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `push_devices_endpoint_unique` ON `push_devices` (`endpoint`);--> statement-breakpoint
CREATE INDEX `push_devices_by_membership` ON `push_devices` (`membership_id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`account_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`account_id`, `code_hash`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`account_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`last_step` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	`blocked_until` integer NOT NULL
);
