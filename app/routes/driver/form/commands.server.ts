import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err, type Result } from "~/kernel/result";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { type FilingRefusal, fileInspection } from "~/modules/inspections/filing/file-inspection.server";
import type { Authed } from "~/platform/http/authed.server";
import { driver } from "~/platform/http/guards.server";
import { invalid, missing, notAllowed, unreadable } from "~/platform/http/refusals.server";
import { PlainForm as Base, readPlainForm } from "../../parts/plain-inspection/read-form";

const PlainForm = Base.extend({ startedAt: z.coerce.number().int() });
type PlainFields = z.output<typeof PlainForm>;

type Refusal = FilingRefusal | ReturnType<typeof invalid> | { kind: "no-such-unit" };

async function file({ services, session, form }: Authed<"driver", PlainFields>): Promise<Result<unknown, Refusal>> {
  const [id, inspectionId, assetId] = [parseId("submission", form.submissionId), parseId("inspection", form.inspectionId), parseId("asset", form.assetId)];
  if (!id || !inspectionId || !assetId) return err({ kind: "no-such-unit" });
  const checklists = await readChecklists(services.db);
  const read = readPlainForm(
    form,
    { inspectionId, assetId },
    { signedAt: services.clock.now(), startedAt: form.startedAt, distanceUnit: session.organization.distanceUnit, checklists },
  );
  return read.ok ? fileInspection(services, { id, submission: read.submission, sentAt: null }) : err(invalid(read.problems));
}

export const commands = driver.commands({
  file: driver.command({
    permission: "inspection:file",
    form: PlainForm,
    run: file,
    refusals: {
      "no-such-unit": missing("That unit isn't listed any more. Choose it again."),
      "id-taken": "This inspection was filed already.",
      "no-such-driver": notAllowed("The shop no longer lists you as a driver. Call the shop."),
      "access-ended": notAllowed("Your access has ended. Call the shop."),
      "token-ended": notAllowed("Sign in again to send it."),
      "not-fileable": ({ message }) => unreadable(message),
    },
    goTo: () => `${paths.driver.form}?filed=1`,
  }),
});
