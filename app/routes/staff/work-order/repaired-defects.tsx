import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { DefectMark } from "~/modules/inspections/condition.view";
import { canEdit } from "~/modules/work-orders/work-order";
import type { NoticeItem } from "~/ui/notice-list";
import { TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";

/** The defects that a job repairs, each with its state. */
export function DefectsOfJob({ jobId }: { jobId: string }) {
  const { repairs } = useLoaderData<PageData>();
  const its = repairs.filter((defect) => defect.jobId === jobId);
  return its.map((defect) => (
    <p key={defect.id} className="flex flex-wrap items-center gap-x-3">
      <span>
        Repairs a defect that {defect.driverName} reported: <TextLink to={paths.staff.inspection(defect.inspectionId)}>{defectTitle(defect)}</TextLink>
      </span>
      <DefectMark state={defect.state} severity={defect.severity} />
    </p>
  ));
}

/** What drivers found on the order's unit, and what is to be done about it. */
export function useDefectNotices(): NoticeItem[] {
  const { order, repairs, waiting } = useLoaderData<PageData>();
  const open = waiting.filter(({ state }) => state === "open");
  const barring = open.filter(({ severity }) => severity === "safety");
  const done = order.state === "completed" || order.state === "invoiced" ? repairs.filter(({ state }) => state === "open") : [];
  const elsewhere = open.filter(({ repair }) => !repair?.lives);
  return [
    ...(barring.length > 0 ? [{ tone: "red" as const, title: `Do not operate: ${barring.map((defect) => defectTitle(defect)).join(", ")}` }] : []),
    ...(done.length > 0
      ? [
          {
            tone: "amber" as const,
            title: done.length === 1 ? "1 defect that this order repaired isn't certified" : `${done.length} defects that this order repaired aren't certified`,
            detail: <TextLink to={`${paths.staff.openDefects(order.assetId)}&certify=yes`}>Certify repairs</TextLink>,
          },
        ]
      : []),
    ...(elsewhere.length > 0 && canEdit(order.state) === true
      ? [
          {
            tone: "blue" as const,
            title: elsewhere.length === 1 ? "1 open defect of this unit is on no order" : `${elsewhere.length} open defects of this unit are on no order`,
            detail: <TextLink to={paths.staff.openDefects(order.assetId, order.id)}>Add to this order</TextLink>,
          },
        ]
      : []),
  ];
}
