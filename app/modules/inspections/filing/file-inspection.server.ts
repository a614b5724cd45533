import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newSha256 } from "~/platform/crypto.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { filingStore } from "./filing.store.server";
import { namedIn } from "./named-checklists.step.server";
import { type FilingCode, filingRefusals } from "./refusals";
import { signingTime } from "./signing-time";
import { type Submission, submissionProblem } from "./submission";
import { submissionReadingRows } from "./submission-readings.step.server";

type Sent = { id: Id<"submission">; submission: Submission; sentAt: number | null; accessEndedAt?: number | null; tokenEndedAt?: number | null };
type Needs = { db: ScopedDatabase<"driver">; clock: Clock; directory: Directory };
export type FilingRefusal =
  | IdTaken
  | { kind: "not-fileable"; code: FilingCode; unit: string; message: string }
  | { kind: "no-such-driver" }
  | { kind: "access-ended" }
  | { kind: "token-ended" }
  | OverQuota;

/**
 * Files a driver's signed reports. Whatever is repeated, in any order, is filed once; the answer names the photos and videos
 * whose files are still to come. `accessEndedAt` is when the driver lost the portal, `tokenEndedAt` when somebody signed this phone
 * out: what was signed before is accepted.
 */
export async function fileInspection(
  s: Needs,
  { id, submission, sentAt, accessEndedAt = null, tokenEndedAt = null }: Sent,
): Promise<Result<{ missingPhotos: Id<"attachment">[]; missingVideos: Id<"attachment">[] }, FilingRefusal>> {
  const problem = submissionProblem(submission, await namedIn(s.db, submission));
  if (problem !== null) return err({ kind: "not-fileable", ...problem, message: filingRefusals[problem.code](problem.unit) });
  const store = filingStore(s.db);
  const filer = await store.filer();
  if (!filer) return err({ kind: "no-such-driver" });
  const receivedAt = s.clock.now();
  const time = signingTime(submission, sentAt, receivedAt);
  // Another address of the driver's is another membership; they still have access.
  if (!filer.mayComeIn && accessEndedAt !== null && time.signedAt > accessEndedAt) return err({ kind: "access-ended" });
  if (tokenEndedAt !== null && time.signedAt > tokenEndedAt) return err({ kind: "token-ended" });
  const over = (await store.isFiled(id)) ? null : await exceededQuota(s, "inspection");
  if (over) return err(over);
  const sha256 = newSha256().update(canonical(submission)).digest("hex");
  const { zone } = s.db.scope.organization;
  const known = await store.known(submission, filer.customerId);
  const signed = { driverName: filer.name, at: time.signedAt };
  const readings = await submissionReadingRows(s.db, { id, submission, units: known.units, ...signed }, receivedAt);
  const filed = await store.file({ id, filer, submission, sha256, time, receivedAt, zone }, known, readings);
  if (!filed.ok) return filed;
  const missing = await store.missingFiles(id);
  return ok({ missingPhotos: missing.photos, missingVideos: missing.videos });
}
