import type { Face } from "./audience.ts";

export const plans = ["free", "pro", "pro-plus"] as const;
export type Plan = (typeof plans)[number];

/** The least plan that opens each face. Losing it closes the face and keeps everything behind it. */
const least: Record<Face, Plan> = { staff: "free", driver: "free", customer: "pro", vendor: "pro-plus" };

export const opensFace = (plan: Plan, face: Face): boolean => plans.indexOf(plan) >= plans.indexOf(least[face]);
