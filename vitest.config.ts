import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { cloudflareTest, type D1Migration, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { bundleWorker } from "./local/bundle.ts";
import { publicFile } from "./local/public-file.ts";
import { developmentSecrets } from "./local/settings.ts";

// Far from everywhere and 45 minutes off: what reads the machine's own zone shows it.
process.env.TZ = "Pacific/Chatham";
// A database on a disk waits for it at each write. What tests store may live in memory, where there is room for it.
if (process.env.TMPDIR === undefined && roomIn("/dev/shm") >= 4 * 2 ** 30) process.env.TMPDIR = "/dev/shm";
// wrangler.toml names this folder; the rooms need nothing of it.
fs.mkdirSync("build/client", { recursive: true });

const alias = { "~": fileURLToPath(new URL("./app", import.meta.url)) };
const NEVER = ["**/node_modules/**", "build/**", ".data/**", ".wrangler/**", "screens/**"];
const RESEND = "http://resend.test";
/** How long a test may take, and wait for one thing: tests say what, never how fast, and a busy machine takes its time. */
const PATIENCE = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } };

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
          ...PATIENCE,
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
              serviceBindings: { ASSETS: publicFile },
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
          deps: { optimizer: { ssr: { enabled: true, include: ["react-router"] } } },
          ...PATIENCE,
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
          ...PATIENCE,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
