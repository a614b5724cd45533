import type { UtcMs } from "~/kernel/time";
import { type HoldReason, holdWords, type WorkOrderState } from "../work-order";

export type UnitStatus = "in-service" | "in-shop" | "waiting" | "out-of-service";
type OrderStanding = { state: WorkOrderState; holdReason: HoldReason | null };

/** How a unit stands, from its flag and its open orders: the worst counts. */
export function unitStatus(unit: { outOfServiceAt: UtcMs | null }, orders: readonly OrderStanding[]): { status: UnitStatus; words: string } {
  if (unit.outOfServiceAt !== null) return { status: "out-of-service", words: "Out of service" };
  const held = orders.find(({ state }) => state === "on-hold");
  const working = orders.find(({ state }) => state === "in-progress");
  if (working) return { status: "in-shop", words: "In the shop, being worked on" };
  if (held) return { status: "waiting", words: held.holdReason ? `In the shop, ${holdWords[held.holdReason]}` : "In the shop, on hold" };
  if (orders.some(({ state }) => state === "open" || state === "draft")) return { status: "in-shop", words: "Work is written up" };
  return { status: "in-service", words: "In service" };
}
