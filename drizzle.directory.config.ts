import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./app/platform/directory/*.tables.ts",
  out: "./migrations/directory",
});
