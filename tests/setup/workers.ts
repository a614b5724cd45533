import { applyD1Migrations, env, reset } from "cloudflare:test";
import { inject } from "vitest";

// The files share a runtime, not what is stored in it: each begins with empty tables.
await reset();
const { directory, tenants } = inject("migrations");
await applyD1Migrations(env.DIRECTORY, directory);
await applyD1Migrations(env.TENANTS, tenants);
