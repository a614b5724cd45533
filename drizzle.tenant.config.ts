import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./app/platform/database/tenant.tables.ts", "./app/modules/*/*.tables.ts"],
  out: "./migrations/tenant",
});
