import type { Clock } from "~/kernel/time";
import { dayOf } from "~/kernel/time";
import type { VendorChoice } from "~/modules/vendor-jobs/assignment/assignment-form.view";
import { insuranceLabels, insuranceOn } from "~/modules/vendors/insurance";
import { readVendors } from "~/modules/vendors/vendors.read.server";
import { priceOf } from "~/modules/work-orders/jobs/job";
import type { Order } from "~/modules/work-orders/order";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** The vendors that outside work can be sent to, those with portal access first. */
export async function readVendorChoices(s: Needs): Promise<VendorChoice[]> {
  const today = dayOf(s.clock.now(), s.db.scope.organization.zone);
  return (await readVendors(s.db))
    .map(({ id, name, email, portalEnabled, usualLimit, insuredThrough }) => {
      const insurance = insuranceOn(insuredThrough, today);
      return { id, name, email, portalEnabled, usualLimit, insurance: insurance === "soon" || insurance === "expired" ? insuranceLabels[insurance] : null };
    })
    .sort((a, b) => Number(b.portalEnabled) - Number(a.portalEnabled));
}

/** Prefills the form with the order's title and the text of its unfinished jobs. */
export const startOf = ({ title, jobs }: Pick<Order, "title" | "jobs">) => ({
  title,
  /** Lines for outside work that no vendor has. */
  lines: jobs.flatMap(({ lines }) =>
    lines.filter(({ kind, vendorJobId }) => kind === "outside" && vendorJobId === null).map((line) => ({ id: line.id, text: line.text, price: priceOf(line) })),
  ),
  /** Lines that can say what is asked. */
  asked: jobs.flatMap(({ lines }) =>
    lines.flatMap(({ id, kind, text, quantity, partNumber, vendorJobId }) => (vendorJobId === null ? [{ id, kind, text, quantity, partNumber }] : [])),
  ),
  instructions: jobs
    .filter(({ correction }) => correction === "")
    .map(({ complaint, cause }) => [complaint, cause].filter(Boolean).join("\n"))
    .join("\n\n"),
});
