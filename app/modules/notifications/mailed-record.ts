import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";

/** The page for staff of the record that a mail is about; null if there is none. */
export function mailedRecordPath(id: string | null): string | null {
  const [estimate, invoice, order, asset] = [parseId("estimate", id), parseId("invoice", id), parseId("workOrder", id), parseId("asset", id)];
  if (estimate) return paths.staff.estimate(estimate);
  if (invoice) return paths.staff.invoice(invoice);
  if (order) return paths.staff.order(order);
  const [vendorJob, inspection] = [parseId("vendorJob", id), parseId("inspection", id)];
  if (vendorJob) return paths.staff.vendorJob(vendorJob);
  if (inspection) return paths.staff.inspection(inspection);
  return asset && paths.staff.asset(asset);
}
