import { useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { parseMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { err, type Result } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { askedField, chosenIn, photoField } from "~/modules/vendor-jobs/assignment/asked-lines";
import { type AssignRefusal, assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { assignmentFields } from "~/modules/vendor-jobs/assignment/assignment-form";
import { AssignForm } from "~/modules/vendor-jobs/assignment/assignment-form.view";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { canHold, docketNumber } from "~/modules/work-orders/work-order";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { invalid, notAllowed, onField } from "~/platform/http/refusals.server";
import { readOrderPhotos } from "~/queries/staff/order-photos.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { useRefusedForm } from "~/ui/command-form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { PlanHint } from "./plan-hint";
import { readVendorChoices, startOf } from "./vendor-options.server";

export const meta = () => [{ title: "Assign to vendor" }];

const MISSING = "Something was missing from that form. Reload the page and try again.";
const MEANWHILE = "Someone else just reassigned this job. Check the work order.";

export const action = staff.commands({
  assign: staff.command({
    permission: "vendor-job:manage",
    form: z.looseObject({
      ...assignmentFields,
      id: idField("vendorJob", MISSING),
      vendor: idField("vendor", "Choose a vendor."),
      after: z.string().optional(),
    }),
    async run({ services, session, id, form }): Promise<Result<null, AssignRefusal | ReturnType<typeof invalid>>> {
      const workOrderId = id("workOrder");
      const today = dayOf(services.clock.now(), session.organization.zone);
      if (form.dueDay && form.dueDay < today) return err(invalid({ dueDay: "That day is over. Choose today or a later day." }));
      const assigned = await assignVendor(services, {
        id: form.id,
        workOrderId,
        vendorId: form.vendor,
        assignment: {
          title: form.title,
          instructions: form.instructions,
          dueDay: form.dueDay || null,
          notToExceed: form.notToExceed.trim() === "" ? null : parseMoney(form.notToExceed),
          needsEstimate: form.noEstimate !== "on",
          sharesCustomer: form.sharesCustomer === "on",
        },
        lineId: parseId("line", form.line),
        askedLines: chosenIn(form, askedField).flatMap((line) => parseId("line", line) ?? []),
        photos: chosenIn(form, photoField).flatMap((photo) => parseId("attachment", photo) ?? []),
        pricedElsewhere: form.pricedElsewhere === "on",
        earlierId: parseId("vendorJob", form.after),
        plan: session.organization.plan,
      });
      // Holding the order is optional: when it can't go on hold anymore, the vendor still gets the job.
      if (assigned.ok && form.hold === "on")
        await changeWorkOrder(services, workOrderId, { intent: "move", seen: Number.MAX_SAFE_INTEGER, to: "on-hold", holdReason: "vendor" });
      return assigned;
    },
    drain: "before-answer",
    goTo: ({ id }) => paths.staff.order(id("workOrder")),
    refusals: {
      "no-vendor": onField("vendor", "Choose a vendor."),
      plan: notAllowed("The vendor portal is part of the Pro+ plan."),
      stale: MEANWHILE,
      incomplete: ({ field, message }) => onField(field, message),
      "over-budget": MEANWHILE,
    },
  }),
});

export const loader = staff.loader(
  "vendor-job:manage",
  async ({ services, session, params, url }) => {
    const orderId = orNotFound(parseId("workOrder", params.orderId));
    const { order, facts } = orNotFound(await readOrderRecord(services, orderId));
    const { plan } = session.organization;
    const now = services.clock.now();
    const id = parseId("vendorJob", url.searchParams.get("id"));
    const after = parseId("vendorJob", url.searchParams.get("after"));
    const earlier = after ? orNotFound(await readVendorJobRecord(services.db, after, now)) : null;
    if (earlier && earlier.job.workOrderId !== orderId) throw new Response("Not found", { status: 404 });
    return {
      orderId,
      number: facts.number,
      unitNumber: facts.unitNumber,
      canHold: canHold(order.state),
      earlier: earlier && { id: earlier.job.id, vendor: earlier.about.vendor },
      start: earlier ? { title: earlier.job.title, instructions: earlier.job.instructions } : startOf(order),
      vendors: await readVendorChoices(services),
      photos: earlier ? [] : await readOrderPhotos(services.db, orderId),
      id: id ?? newId("vendorJob", now),
      // Once the id is in the URL, files can be added before the job is sent.
      attachments: id && (await readAttachments(services, { kind: "vendorJob", id }, null)),
      plan,
    };
  },
  action,
);

/** The page that shows the dialog's form again when it was refused; its URL also works without the dialog. */
export default function AssignVendor() {
  const { orderId, id, number, unitNumber, canHold, earlier, start, photos, vendors, attachments, plan } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refused = useRefusedForm<typeof action>()("assign");
  return (
    <>
      <PageHeader
        title={earlier ? `Reassign ${docketNumber(number)} to another vendor` : `Assign ${docketNumber(number)} to a vendor`}
        mark={<UnitPlate number={unitNumber} size="medium" />}
      />
      <PageBody>
        <FormResult result={result} />
        <PlanHint plan={plan} portal="vendor" />
        <div className="max-w-150">
          {earlier && <p className="pb-3 text-ink-soft">This replaces {earlier.vendor}, who gets no more updates on this job.</p>}
          <AssignForm
            action={paths.staff.assignVendorAs(orderId, id)}
            id={id}
            after={refused?.typed.after || earlier?.id || null}
            vendors={vendors}
            start={start}
            photos={photos}
            canHold={canHold}
          >
            {attachments && (
              <AttachmentPanel
                {...attachments}
                shareWith={["vendor"]}
                sharesAtFirst="always"
                empty={earlier ? "The shop's files from the earlier job are included. Add more here." : "Add photos of the problem and any helpful documents."}
              />
            )}
          </AssignForm>
        </div>
      </PageBody>
    </>
  );
}
