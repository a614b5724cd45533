import { redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { parseMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { type AssignRefusal, assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { assignmentFields } from "~/modules/vendor-jobs/assignment/assignment-form";
import { AssignForm } from "~/modules/vendor-jobs/assignment/assignment-form.view";
import { readVendorJobRecord } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { canHold, docketNumber } from "~/modules/work-orders/work-order";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { PlanHint } from "./plan-hint";
import { readVendorChoices, startOf } from "./vendor-options.server";

export const meta = () => [{ title: "Assign to vendor" }];

export const loader = staff.loader("vendor-job:manage", async ({ services, session, params, url }) => {
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
    id: id ?? newId("vendorJob", now),
    // Once the id is in the URL, files can be added before the job is sent.
    attachments: id && (await readAttachments(services, { kind: "vendorJob", id }, null)),
    plan,
  };
});

export const action = staff.action("vendor-job:manage", z.object(assignmentFields), async ({ services, session, params, form }) => {
  const workOrderId = orNotFound(parseId("workOrder", params.orderId));
  const values = asTyped(form);
  const [id, vendorId] = [parseId("vendorJob", form.id), parseId("vendor", form.vendor)];
  if (!id) return problem(422, { message: "Something was missing from that form. Reload the page and try again.", values });
  if (!vendorId) return refused({ kind: "no-vendor" });
  const assigned = await assignVendor(services, {
    id,
    workOrderId,
    vendorId,
    assignment: {
      title: form.title,
      instructions: form.instructions,
      dueDay: form.dueDay || null,
      notToExceed: form.notToExceed.trim() === "" ? null : parseMoney(form.notToExceed),
      needsEstimate: form.noEstimate !== "on",
      sharesCustomer: form.sharesCustomer === "on",
    },
    lineId: parseId("line", form.line),
    pricedElsewhere: form.pricedElsewhere === "on",
    earlierId: parseId("vendorJob", form.after),
    plan: session.organization.plan,
  });
  if (!assigned.ok) return refused(assigned.error);
  // Holding the order is optional: when it can't go on hold anymore, the vendor still gets the job.
  if (form.hold === "on") await changeWorkOrder(services, workOrderId, { intent: "move", seen: Number.MAX_SAFE_INTEGER, to: "on-hold", holdReason: "vendor" });
  await services.drainNow();
  return redirect(paths.staff.order(workOrderId), 303);

  function refused(error: AssignRefusal) {
    switch (error.kind) {
      case "not-found":
        throw new Response("Not found", { status: 404 });
      case "no-vendor":
        return problem(422, { message: "Fix the highlighted fields.", fields: { vendor: "Choose a vendor." }, values });
      case "plan":
        return problem(403, { message: "The vendor portal is part of the Pro+ plan.", values });
      case "not-allowed":
        return problem(409, { message: error.message, values });
      default:
        return problem(409, { message: "Someone else just reassigned this job. Check the work order.", values });
    }
  }
});

/** The page that shows the dialog's form again when it was refused; its URL also works without the dialog. */
export default function AssignVendor() {
  const { orderId, id, number, unitNumber, canHold, earlier, start, vendors, attachments, plan } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
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
            id={refusal?.values?.id ?? id}
            after={refusal?.values?.after || earlier?.id || null}
            vendors={vendors}
            start={start}
            canHold={canHold}
            typed={refusal?.values}
            errors={refusal?.fields}
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
