import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CannedJob } from "./canned-job";
import { cannedJobStore } from "./canned-job.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Keeps a canned job, new or changed. Orders that it was added to keep what they have. */
export async function saveCannedJob(s: Needs, job: Omit<CannedJob, "version">, seen: number): Promise<Result<null, { kind: "stale" }>> {
  return cannedJobStore(s.db).save({ ...job, version: seen + 1 }, s.clock.now());
}

export async function archiveCannedJob(s: Needs, id: Id<"cannedJob">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = cannedJobStore(s.db);
  const job = await store.find(id);
  if (!job) return err({ kind: "not-found" });
  const saved = await store.archive(job, s.clock.now());
  return saved.ok ? ok(null) : saved;
}
