import type { UtcMs } from "~/kernel/time";
import type { Line } from "../jobs/job";

/** Finished work as its customer may read it: what was asked for and what was done, and nothing that it cost the shop. */
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
