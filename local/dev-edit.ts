import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { desk, launchBrowser } from "./browser.ts";
import { submitPassword } from "./people.ts";
import { freePort } from "./runtime.ts";
import { demo } from "./settings.ts";

/**
 * How long an edit takes from the saved file to the screen under `npm run dev`: a component, a loader and a
 * room, five times each. It changes files of this working copy and puts them back.
 */
const ROUNDS = 5;
type Edit = { kind: string; file: string; from: string; to(mark: string): string; page: Page; shows(mark: string): string };

const port = await freePort();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-edit-"));
const dev = spawn(process.execPath, ["local/bootstrap.mjs", "local/dev.ts"], {
  env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, SIMULATOR: "off" },
  stdio: ["ignore", "pipe", "inherit"],
});
const browser = await launchBrowser();
try {
  await new Promise<void>((ready, failed) => {
    dev.stdout.on("data", (text) => /Ready in/.test(String(text)) && ready());
    dev.on("exit", () => failed(new Error("npm run dev ended")));
  });
  const at = `http://localhost:${port}`;
  await fetch(`${at}/api/telematics/osmand/${demo.ingestKey}?id=STRAY&lat=41.65&lon=-87.48`);
  const context = await browser.newContext({ ...desk, baseURL: at });
  const signInPage = await (await browser.newContext({ baseURL: at })).newPage();
  await signInPage.goto("/login", { waitUntil: "networkidle" });
  const devices = await context.newPage();
  await devices.goto("/login", { waitUntil: "networkidle" });
  await submitPassword(devices, "owner@harbor.test");
  await devices.goto("/settings/devices", { waitUntil: "networkidle" });

  const edits: Edit[] = [
    {
      kind: "component",
      file: "app/routes/public/login.tsx",
      from: "Shop sign-in",
      to: (mark) => `Shop sign-in ${mark}`,
      page: signInPage,
      shows: (mark) => `Shop sign-in ${mark}`,
    },
    {
      kind: "loader",
      file: "app/sign-in/brand.server.ts",
      from: "name: organization.name",
      to: (mark) => `name: organization.name + " ${mark}"`,
      page: signInPage,
      shows: (mark) => `Harbor Diesel ${mark}`,
    },
    {
      kind: "room",
      file: "party/fleet-log.ts",
      from: "code: row.code, firstAt",
      to: (mark) => `code: row.code + " ${mark}", firstAt`,
      page: devices,
      shows: (mark) => `STRAY ${mark}`,
    },
  ];
  for (const { kind, file, from, to, page, shows } of edits) {
    const source = fs.readFileSync(file, "utf8");
    if (!source.includes(from)) throw new Error(`${file} no longer holds: ${from}`);
    const took: number[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const mark = String(311 + round);
        const savedAt = performance.now();
        fs.writeFileSync(file, source.replace(from, to(mark)));
        await page.getByText(shows(mark)).first().waitFor({ timeout: 20_000 });
        took.push(Math.round(performance.now() - savedAt));
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      }
    } finally {
      fs.writeFileSync(file, source);
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const sorted = took.toSorted((a, b) => a - b);
    process.stdout.write(`${kind.padEnd(10)} median ${sorted[ROUNDS >> 1]} ms, slowest ${sorted.at(-1)} ms  (${took.join(", ")})\n`);
  }
} finally {
  await browser.close();
  dev.kill("SIGTERM");
  await new Promise((resolve) => dev.once("exit", resolve));
  fs.rmSync(dataDir, { recursive: true, force: true });
}
