import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { CannedJob } from "./canned-job";
import { cannedJobStore } from "./canned-job.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Saves a new or changed canned job. Orders it was added to don't change. A new form submitted twice saves once. */
export async function saveCannedJob(s: Needs, job: Omit<CannedJob, "version">, seen: number): Promise<Result<null, { kind: "stale" }>> {
  const store = cannedJobStore(s.db);
  const saved = await store.save({ ...job, version: seen + 1 }, s.clock.now());
  if (saved.ok || seen > 0) return saved;
  const kept = await store.find(job.id);
  return kept && textOf(kept) === textOf(job) ? ok(null) : saved;
}

/** The content of a canned job without ids, to recognize a repeated form. */
const textOf = ({ name, complaint, correction, vmrs, options, lines }: Omit<CannedJob, "version">): string =>
  JSON.stringify([name, complaint, correction, vmrs, options?.list.map((option) => option.name), lines.map(({ id: _, option: __, ...line }) => line)]);

export async function archiveCannedJob(s: Needs, id: Id<"cannedJob">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = cannedJobStore(s.db);
  const job = await store.find(id);
  if (!job) return err({ kind: "not-found" });
  const saved = await store.archive(job, s.clock.now());
  return saved.ok ? ok(null) : saved;
}
