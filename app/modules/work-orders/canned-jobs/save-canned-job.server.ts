import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CannedJob } from "./canned-job";
import { cannedJobStore } from "./canned-job.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Keeps a canned job, new or changed. Orders that it was added to keep what they have. The same new form sent again meets what it made. */
export async function saveCannedJob(s: Needs, job: Omit<CannedJob, "version">, seen: number): Promise<Result<null, { kind: "stale" }>> {
  const store = cannedJobStore(s.db);
  const saved = await store.save({ ...job, version: seen + 1 }, s.clock.now());
  if (saved.ok || seen > 0) return saved;
  const kept = await store.find(job.id);
  return kept && textOf(kept) === textOf(job) ? ok(null) : saved;
}

/** What a form says, whatever ids its new lines were given. */
const textOf = ({ name, complaint, correction, vmrs, lines }: Omit<CannedJob, "version">): string =>
  JSON.stringify([name, complaint, correction, vmrs, lines.map(({ id: _, ...line }) => line)]);

/** One that may be put on something; an archived one may not. */
export const findCannedJob = (db: ScopedDatabase<"staff">, id: Id<"cannedJob">): Promise<CannedJob | null> => cannedJobStore(db).find(id);

export async function archiveCannedJob(s: Needs, id: Id<"cannedJob">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = cannedJobStore(s.db);
  const job = await store.find(id);
  if (!job) return err({ kind: "not-found" });
  const saved = await store.archive(job, s.clock.now());
  return saved.ok ? ok(null) : saved;
}
