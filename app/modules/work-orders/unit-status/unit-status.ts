import type { UtcMs } from "~/kernel/time";
import { type HoldReason, holdLabels, type WorkOrderState } from "../work-order";

export type UnitStatus = "in-service" | "in-shop" | "waiting" | "out-of-service";
type OrderStatus = { state: WorkOrderState; holdReason: HoldReason | null; arrivedAt: UtcMs | null; releasedAt: UtcMs | null };

/** A unit's status from its out-of-service flag and its open orders; the worst counts. It is in the shop only where an order has it arrived. */
export function unitStatus(unit: { outOfServiceAt: UtcMs | null }, orders: readonly OrderStatus[]): { status: UnitStatus; label: string } {
  if (unit.outOfServiceAt !== null) return { status: "out-of-service", label: "Out of service" };
  const here = orders.filter(({ arrivedAt, releasedAt }) => arrivedAt !== null && releasedAt === null);
  const held = here.find(({ state }) => state === "on-hold");
  const working = here.find(({ state }) => state === "in-progress");
  if (working) return { status: "in-shop", label: "In the shop, in progress" };
  if (held) return { status: "waiting", label: held.holdReason ? `In the shop, ${holdLabels[held.holdReason]}` : "In the shop, on hold" };
  if (here.some(({ state }) => state === "open" || state === "draft")) return { status: "in-shop", label: "In the shop" };
  if (orders.some(({ state }) => state !== "completed")) return { status: "in-service", label: "Work order open" };
  return { status: "in-service", label: "In service" };
}
