import { desk, launchBrowser, phone } from "./browser.ts";
import { submitPassword } from "./people.ts";

const base = process.env.BASE ?? "http://localhost:8761";
const out = process.env.OUT ?? "/tmp/shots";

import fs from "node:fs";

fs.mkdirSync(out, { recursive: true });
const browser = await launchBrowser();
try {
  for (const [width, options] of Object.entries({ "390": phone, "1440": desk })) {
    const context = await browser.newContext({ ...options, baseURL: base, locale: "en-US", timezoneId: "America/Chicago", reducedMotion: "reduce" });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto("/login");
    await submitPassword(page, "owner@harbor.test");
    await page.waitForURL((u) => !u.pathname.startsWith("/login"));
    const shot = (name: string) => page.screenshot({ path: `${out}/${name}-${width}.png`, fullPage: true });
    const { default: steps } = await import(process.env.STEPS ?? "/tmp/steps.ts");
    await steps(page, shot, width);
    await context.close();
  }
} finally {
  await browser.close();
}
