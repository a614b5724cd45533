import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { cloudflareTest, type D1Migration, readD1Migrations } from "@cloudflare/vitest-plugin";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { defineConfig } from "vitest/config";
import routes from "./app/routes.ts";
import { bundleWorker } from "./local/bundle.ts";
import { developmentSecrets, squareAddresses } from "./local/settings.ts";
import { shrunkPackage } from "./local/shrunk-package.ts";
import { LongestFirst } from "./tests/setup/longest-first.ts";

// Far from everywhere and 45 minutes off: what reads the machine's own zone shows it.
process.env.TZ = "Pacific/Chatham";
// A database on a disk waits for it at each write. What tests store may live in memory, where there is room for it.
if (process.env.TMPDIR === undefined && roomIn("/dev/shm") >= 4 * 2 ** 30) process.env.TMPDIR = "/dev/shm";
// wrangler.toml names this folder; the rooms need nothing of it.
fs.mkdirSync("build/client", { recursive: true });

const alias = { "~": fileURLToPath(new URL("./app", import.meta.url)) };
/** Packages of which a test would read hundreds of files, one by one. */
const large = { square: shrunkPackage("square-sdk"), "@cantoo/pdf-lib": shrunkPackage("pdf-lib"), "@cantoo/fontkit": shrunkPackage("fontkit") };
const NEVER = ["**/node_modules/**", "build/**", ".data/**", ".wrangler/**", "screens/**"];
const RESEND = "http://resend.test";
const SQUARE = "http://square.test";
const PUSH = "http://push.test";
const square = squareAddresses("http://app.test");
/** How long a test may take, and wait for one thing. Tests state what, never how fast, and a busy machine is slow. */
const TIMEOUTS = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } };

const BUNDLED = [
  "drizzle-orm",
  "drizzle-orm/d1",
  "drizzle-orm/sqlite-core",
  "lucide-react",
  "react",
  "react-dom/server",
  "react/jsx-dev-runtime",
  "react-router",
  "zod",
];

declare module "vitest" {
  interface ProvidedContext {
    migrations: { directory: D1Migration[]; tenants: D1Migration[] };
    /** The map of routes; what makes it does not run in a Worker. */
    map: RouteConfigEntry[];
  }
}

export default defineConfig({
  test: {
    reporters: ["default", "./tests/setup/count.ts"],
    // What a passing test logs is nobody's business.
    silent: "passed-only",
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "rules",
          include: ["{app,local,party,scripts,workers}/**/*.test.{ts,tsx}", "tests/{bundle,rules}/**/*.test.{ts,tsx}"],
          exclude: [...NEVER, "**/*.workers.test.ts", "**/*.browser.test.ts"],
          // A process for each of a hundred small files takes longer than the files do.
          isolate: false,
          setupFiles: ["tests/setup/console.ts"],
          ...TIMEOUTS,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias: { ...alias, ...large } },
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
                MAIL_REPLY_DOMAIN: "reply.baytrack.test",
                MAILBOX_URL: `${RESEND}/__mailbox`,
                PUBLIC_PORT: "8787",
                SQUARE_BASE_URL: SQUARE,
                PUSH_BASE_URL: PUSH,
                SQUARE_WEBHOOK_URL: square.webhookUrl,
              },
              cf: false,
              outboundService: "outside",
              // What is built may be missing or under way: tests read static files from where they are written.
              assets: { directory: "public", binding: "ASSETS" },
              workers: [
                {
                  name: "outside",
                  compatibilityDate: "2026-07-01",
                  compatibilityFlags: ["nodejs_compat"],
                  modules: [{ type: "ESModule", path: "outside.mjs", contents: (await bundleWorker("tests/world/outside.ts")).code }],
                  bindings: { ...developmentSecrets, SQUARE_WEBHOOK_URL: square.webhookUrl, REDIRECT_URL: square.redirectUrl },
                  durableObjects: {
                    MAILBOX: { className: "Mailbox", useSQLite: true },
                    PUSH: { className: "PushService", useSQLite: true },
                    SQUARE: { className: "SquareStandIn", useSQLite: true },
                  },
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
          provide: {
            map: await routes,
            migrations: { directory: await readD1Migrations("migrations/directory"), tenants: await readD1Migrations("migrations/tenant") },
          },
          // Packages of hundreds of small files are read as one.
          deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
          ...TIMEOUTS,
          maxWorkers: 2,
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
          setupFiles: ["tests/setup/browser.ts"],
          // Two cores, and an app for each of the two processes; a browser and who signed in are kept from file to file.
          maxWorkers: 2,
          isolate: false,
          ...TIMEOUTS,
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
