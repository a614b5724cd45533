import fs from "node:fs";
import { inject } from "vitest";
import { eventually } from "../../local/people.ts";

type Word = { baseUrls: string[] } | { fault: string };

let mine: string | null = null;

/** Files run two at a time, each with an app of its own: what one does to the demo's records, the other never sees. */
export async function appIsReady(): Promise<void> {
  const file = inject("apps");
  await eventually(async () => fs.existsSync(file), "the app", 280_000);
  const label = JSON.parse(fs.readFileSync(file, "utf8")) as Word; // written by apps.ts
  if ("fault" in label) throw new Error(`The app could not be started: ${label.fault}`);
  mine = label.baseUrls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % label.baseUrls.length] ?? null;
}

/** Where the app of this process answers. */
export function baseUrl(): string {
  if (mine === null) throw new Error("the app is not there yet");
  return mine;
}
