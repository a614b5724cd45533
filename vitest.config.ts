import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { cloudflareTest, type D1Migration, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { bundleWorker } from "./local/bundle.ts";
import { developmentSecrets } from "./local/settings.ts";

// Far from everywhere and 45 minutes off: what reads the machine's own zone shows it.
process.env.TZ = "Pacific/Chatham";
// wrangler.toml names this folder; the rooms need nothing of it.
fs.mkdirSync("build/client", { recursive: true });

const alias = { "~": fileURLToPath(new URL("./app", import.meta.url)) };
const NEVER = ["**/node_modules/**", "build/**", ".data/**", ".wrangler/**", "screens/**"];
const RESEND = "http://resend.test";

declare module "vitest" {
  interface ProvidedContext {
    migrations: { directory: D1Migration[]; tenants: D1Migration[] };
  }
}

export default defineConfig({
  test: {
    reporters: ["default", "./tests/setup/count.ts"],
    // What a passing test logs is nobody's business.
    silent: "passed-only",
    allowOnly: false,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "rules",
          include: ["{app,local,party,scripts,workers}/**/*.test.{ts,tsx}", "tests/rules/**/*.test.{ts,tsx}"],
          exclude: [...NEVER, "**/*.workers.test.ts", "**/*.browser.test.ts"],
          setupFiles: ["tests/setup/console.ts"],
          // Tests say what, never how fast: the first to import a compiler on a cold machine may take its time.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        plugins: [
          cloudflareTest(async () => ({
            main: "workers/background.ts",
            wrangler: { configPath: "wrangler.toml" },
            miniflare: {
              bindings: {
                ...developmentSecrets,
                ENVIRONMENT: "development",
                RESEND_BASE_URL: RESEND,
                MAIL_FROM: "BayTrack <no-reply@baytrack.test>",
                MAILBOX_URL: `${RESEND}/__mailbox`,
                PUBLIC_PORT: "8787",
              },
              cf: false,
              outboundService: "outside",
              workers: [
                {
                  name: "outside",
                  compatibilityDate: "2026-07-01",
                  compatibilityFlags: ["nodejs_compat"],
                  modules: [{ type: "ESModule", path: "outside.mjs", contents: (await bundleWorker("tests/world/outside.ts")).code }],
                  durableObjects: { MAILBOX: { className: "Mailbox", useSQLite: true } },
                },
              ],
            },
          })),
        ],
        test: {
          name: "workers",
          include: ["**/*.workers.test.ts"],
          // Each test makes its own world, so the files may share a runtime: it halves the time.
          isolate: false,
          exclude: NEVER,
          setupFiles: ["tests/setup/console.ts", "tests/setup/workers.ts"],
          provide: { migrations: { directory: await readD1Migrations("migrations/directory"), tenants: await readD1Migrations("migrations/tenant") } },
          deps: { optimizer: { ssr: { enabled: true, include: ["@remix-run/cloudflare", "@remix-run/server-runtime"] } } },
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "browser",
          include: ["tests/**/*.browser.test.ts"],
          exclude: NEVER,
          globalSetup: ["tests/browser/global-setup.ts"],
          // One app for all files, and two cores: one file at a time.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
