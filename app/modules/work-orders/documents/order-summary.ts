import type { UtcMs } from "~/kernel/time";
import type { UnitFacts } from "~/modules/assets/unit-facts";
import type { BillTo } from "~/modules/customers/bill-to";
import type { Line } from "../jobs/job";

/** Completed work as the customer sees it: complaints and corrections, without the shop's costs. */
export type OrderSummary = {
  number: number;
  title: string;
  customer: string;
  billTo: BillTo;
  unitNumber: string;
  unitFacts: UnitFacts;
  purchaseOrder: string | null;
  completedAt: UtcMs;
  jobs: readonly { complaint: string; correction: string; lines: readonly Pick<Line, "kind" | "text" | "partNumber" | "quantity">[] }[];
  /** What the customer declined. */
  declined: readonly Pick<Line, "text" | "safety">[];
};
