import { useLoaderData } from "react-router";
import { customerNotices } from "~/modules/customers/customer-warnings.view";
import { canEdit } from "~/modules/work-orders/work-order";
import { useFormat } from "~/ui/format";
import { NoticeList } from "~/ui/notice-list";
import type { PageData } from "./data.server";

/** What to know about the order before going on: its request in the portal, and about its customer while it can still change. */
export function OrderNotices() {
  const { order, request, warnings } = useLoaderData<PageData>();
  const format = useFormat();
  const asked = request && {
    tone: request.isUrgent ? ("red" as const) : ("blue" as const),
    title: `${request.by} requested this in the portal`,
    detail: request.message,
  };
  return <NoticeList items={[...(asked ? [asked] : []), ...(canEdit(order.state) === true ? customerNotices(warnings, format) : [])]} />;
}
