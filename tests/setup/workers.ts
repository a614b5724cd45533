import { applyD1Migrations, env } from "cloudflare:test";
import { inject } from "vitest";

// Storage is kept apart per test file, so each begins with empty tables.
const { directory, tenants } = inject("migrations");
await applyD1Migrations(env.DIRECTORY, directory);
await applyD1Migrations(env.TENANTS, tenants);
