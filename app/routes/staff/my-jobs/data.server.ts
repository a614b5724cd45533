import { parseId } from "~/kernel/ids";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { lineMark } from "~/modules/work-orders/lines/line-labels";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";

/** The order without a price or a cost: what is to be done, what was found, and who is on the clock. */
export async function myJobPage({ services, session, params, url }: Authed<"staff">) {
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { order, facts, authorization } = orNotFound(await readOrderRecord(services, id));
  return {
    id,
    number: facts.number,
    unitNumber: facts.unitNumber,
    unit: [facts.year, facts.make, facts.model].filter(Boolean).join(" "),
    customer: facts.customer,
    title: order.title,
    state: order.state,
    holdReason: order.holdReason,
    version: order.version,
    clocks: order.clocks,
    me: session.membership.id,
    jobs: order.jobs.map(({ id: jobId, position, complaint, cause, correction, technician, lines }) => ({
      id: jobId,
      position,
      complaint,
      cause,
      correction,
      technician: technician?.name ?? null,
      lines: lines.map((line) => ({
        id: line.id,
        kind: line.kind,
        text: line.text,
        partNumber: line.partNumber,
        quantity: line.quantity,
        mark: lineMark(authorization.lines.get(line.id), authorization.applies),
      })),
    })),
    attachments: await readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
  };
}

export type PageData = Awaited<ReturnType<typeof myJobPage>>;
