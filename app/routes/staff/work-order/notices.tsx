import { useLoaderData } from "react-router";
import { toCents } from "~/kernel/money";
import { customerNotices } from "~/modules/customers/customer-warnings.view";
import { taxChangeNotices } from "~/modules/work-orders/jobs/tax-change.view";
import { urgencyLabels } from "~/modules/work-orders/service-requests/service-request";
import { canEdit } from "~/modules/work-orders/work-order";
import { useFormat } from "~/ui/format";
import { NoticeList } from "~/ui/notice-list";
import type { PageData } from "./data.server";
import { useDefectNotices } from "./repaired-defects";

/** What to know about the order before going on: its request in the portal, defects of its unit, and about its customer while it can still change. */
export function OrderNotices() {
  const { order, request, warnings, taxChange, authorization } = useLoaderData<PageData>();
  const format = useFormat();
  const defects = useDefectNotices();
  const asked = request && {
    tone: request.isUrgent ? ("red" as const) : ("blue" as const),
    title: `${request.by} requested this in the portal`,
    detail: request.message,
  };
  const again = (request?.joined ?? []).map(({ by, complaint, isUrgent }) => ({
    tone: isUrgent ? ("red" as const) : ("blue" as const),
    title: `${by} requested this again in the portal`,
    detail: isUrgent ? `${urgencyLabels["do-not-drive"]}. ${complaint}` : complaint,
  }));
  // The notice about tax names the certificate already.
  const others = taxChange?.kind === "expired" ? { ...warnings, certificateExpired: null } : warnings;
  const over = order.state === "invoiced" ? toCents(0) : authorization.chargesOver;
  const customers = canEdit(order.state) === true ? customerNotices(others, format) : [];
  return <NoticeList items={[...defects, ...(asked ? [asked] : []), ...again, ...taxChangeNotices(taxChange, over, format), ...customers]} />;
}
