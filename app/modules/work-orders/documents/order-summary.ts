import type { UtcMs } from "~/kernel/time";
import type { Line } from "../jobs/job";

/** Completed work as the customer sees it: complaints and corrections, without the shop's costs. */
export type OrderSummary = {
  number: number;
  title: string;
  customer: string;
  unitNumber: string;
  unit: string;
  vin: string | null;
  purchaseOrder: string | null;
  completedAt: UtcMs;
  jobs: readonly { complaint: string; correction: string; lines: readonly Pick<Line, "kind" | "text" | "partNumber" | "quantity">[] }[];
};
