import type { Clock } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";

/** What every request has before anybody is known. */
export type Platform = {
  settings: Settings;
  clock: Clock;
  directory: Directory;
  /** Work that goes on after the answer. */
  waitUntil(work: Promise<unknown>): void;
  /** Work that begins after the answer, a while that nobody can foretell: how long an answer takes must not show what follows it. */
  afterAnswer(work: () => Promise<unknown>): void;
  /** Cloudflare's flood guard, per place: false when `key` came too often within a minute. */
  withinLimit(limit: "sign-in" | "ingest" | "upload", key: string): Promise<boolean>;
};
