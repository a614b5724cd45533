import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err, type Result } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { type EntryRefusal, enterPaperReport } from "~/modules/inspections/filing/enter-paper-report.server";
import type { Authed } from "~/platform/http/authed.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, missing, onField, unreadable } from "~/platform/http/refusals.server";
import { PlainForm, readPlainForm } from "../../parts/plain-inspection/read-form";

const EntryForm = PlainForm.extend({
  name: z.string().trim().min(1, "Enter the driver's name as it is signed.").max(120),
  driver: z.string().default(""),
  signed: z.string(),
  corrects: z.string().default(""),
});
type Fields = z.output<typeof EntryForm>;

async function enter({ services, session, form }: Authed<"staff", Fields>): Promise<Result<unknown, EntryRefusal | ReturnType<typeof invalid>>> {
  const [id, inspectionId, assetId] = [parseId("submission", form.submissionId), parseId("inspection", form.inspectionId), parseId("asset", form.assetId)];
  if (!id || !inspectionId || !assetId) return err({ kind: "not-found" });
  const { zone, distanceUnit } = session.organization;
  const signedAt = localInstant(form.signed, zone);
  if (signedAt === null) return err(invalid({ signed: "Enter the day and time that it was signed." }));
  const corrects = parseId("inspection", form.corrects);
  const read = readPlainForm(
    form,
    { inspectionId, assetId, corrects },
    { signedAt, startedAt: signedAt, distanceUnit, checklists: await readChecklists(services.db) },
  );
  if (!read.ok) return err(invalid(read.problems));
  return enterPaperReport(services, { id, submission: read.submission, driver: { id: parseId("driver", form.driver), name: form.name } });
}

export const action = staff.commands({
  enter: staff.command({
    permission: "inspection:enter",
    form: EntryForm,
    run: enter,
    refusals: {
      "not-found": missing("That unit isn't there any more. Choose it again."),
      "id-taken": "This report was entered already.",
      "in-future": onField("signed", "It can't be signed in the future."),
      "not-fileable": ({ message }) => unreadable(message),
    },
    goTo: ({ form }) => paths.staff.inspection(form.inspectionId),
  }),
});
