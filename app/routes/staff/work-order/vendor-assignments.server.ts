import { newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import type { Order } from "~/modules/work-orders/order";
import type { Authed } from "~/platform/http/authed.server";
import { readOrderPhotos } from "~/queries/staff/order-photos.server";
import { readVendorJobsOf } from "~/queries/staff/vendor-work.server";
import { readVendorChoices, startOf } from "../vendor-options.server";

export type AtVendorsOf = Awaited<ReturnType<typeof readAtVendors>>;

type AssignmentRequest = Pick<Authed<"staff">, "services" | "session" | "url">;

/** An order's outside work for its page. Vendor choices are read only when the dialog is open; amounts go only to people who can decide on them. */
export async function readAtVendors({ services, session, url }: AssignmentRequest, order: Order) {
  const decides = may("staff", session.membership.role, "vendor-job:manage");
  const rows = await readVendorJobsOf(services.db, order.id);
  const id = decides ? parseId("vendorJob", url.searchParams.get("assign")) : null;
  return {
    rows: rows.map(({ asked, committed, actual, ...row }) => ({ ...row, asked: decides ? asked : null, expected: decides ? committed : null })),
    decides,
    fresh: newId("vendorJob", services.clock.now()),
    // The job's id is in the URL, so files can be added before it is sent.
    assigning:
      id && !rows.some((row) => row.id === id)
        ? {
            id,
            vendors: await readVendorChoices(services),
            start: startOf(order),
            photos: await readOrderPhotos(services.db, order.id),
            attachments: await readAttachments(services, { kind: "vendorJob", id }, null),
          }
        : null,
  };
}
