import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { type Clock, toUtcMs } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { newSha256 } from "~/platform/crypto.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { filingStore } from "./filing.store.server";
import { namedIn } from "./named-checklists.step.server";
import { type FilingCode, filingRefusals } from "./refusals";
import { type Submission, submissionProblem } from "./submission";
import { submissionReadingRows } from "./submission-readings.step.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Paper = { id: Id<"submission">; submission: Submission; driver: { id: Id<"driver"> | null; name: string } };
export type EntryRefusal = IdTaken | { kind: "not-fileable"; code: FilingCode; message: string } | { kind: "not-found" } | { kind: "in-future" };

/**
 * Enters a report that a driver signed on paper, or a correction of an earlier one, for the unit's owner. It counts like any
 * other: its defects are open until they are certified.
 */
export async function enterPaperReport(s: Needs, { id, submission, driver }: Paper): Promise<Result<null, EntryRefusal>> {
  const problem = submissionProblem(submission, await namedIn(s.db, submission));
  if (problem !== null) return err({ kind: "not-fileable", code: problem.code, message: filingRefusals[problem.code](problem.unit) });
  const assetId = submission.units[0]?.assetId ?? null;
  const customerId = assetId && (await ownerOf(s.db, assetId));
  if (!customerId) return err({ kind: "not-found" });
  const receivedAt = s.clock.now();
  if (submission.signedAt > receivedAt) return err({ kind: "in-future" });
  const store = filingStore(s.db);
  const { actor, organization } = s.db.scope;
  const known = await store.known(submission, customerId);
  const signed = { driverName: driver.name, at: toUtcMs(submission.signedAt) };
  return store.file(
    {
      id,
      filer: { ...driver, customerId, mayComeIn: true },
      submission,
      sha256: newSha256().update(canonical(submission)).digest("hex"),
      time: { signedAt: toUtcMs(submission.signedAt), startedAt: toUtcMs(submission.startedAt), clockOffset: 0 },
      receivedAt,
      zone: organization.zone,
      enteredBy: actor,
    },
    known,
    await submissionReadingRows(s.db, { id, submission, units: known.units, ...signed }, receivedAt),
  );
}
