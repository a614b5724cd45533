import { applyD1Migrations, env, reset } from "cloudflare:test";
import { inject } from "vitest";

/** Empties all that is stored, and makes the tables again. */
export async function emptyStorage(): Promise<void> {
  await reset();
  const { directory, tenants } = inject("migrations");
  await applyD1Migrations(env.DIRECTORY, directory);
  await applyD1Migrations(env.TENANTS, tenants);
}
