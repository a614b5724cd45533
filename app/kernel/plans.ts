import type { Portal } from "./audience.ts";

export const plans = ["free", "pro", "pro-plus"] as const;
export type Plan = (typeof plans)[number];

/** The least plan that includes each portal. Losing it closes the portal and keeps all its data. */
export const leastPlan: Record<Portal, Plan> = { staff: "free", driver: "free", customer: "pro", vendor: "pro-plus" };

export const planIncludesPortal = (plan: Plan, portal: Portal): boolean => hasPlan(plan, leastPlan[portal]);

export const planNames: Record<Plan, string> = { free: "Free", pro: "Pro", "pro-plus": "Pro+" };

/** What each plan adds to the one before it, as a shop reads it. */
export const planGives: Record<Plan, readonly { name: string; what: string }[]> = {
  free: [
    { name: "The shop's own pages", what: "Live fleet map, board, work orders, customers, vendors, trackers, and the journal of what happened" },
    { name: "Driver portal", what: "Drivers see their vehicles and report on them" },
  ],
  pro: [{ name: "Customer portal", what: "Customers see where their vehicles are and how the work is going, without calling" }],
  "pro-plus": [{ name: "Vendor portal", what: "Outside shops get your jobs, answer and send their documents in one place, with a login of their own" }],
};

export const hasPlan = (plan: Plan, wanted: Plan): boolean => plans.indexOf(plan) >= plans.indexOf(wanted);
