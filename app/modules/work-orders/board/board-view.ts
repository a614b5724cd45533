import type { Id } from "~/kernel/ids";
import { formatAge, type UtcMs } from "~/kernel/time";
import type { AssetKind } from "~/modules/assets/asset";
import { type ServiceRequest, urgencyLabels } from "../service-requests/service-request";
import { type BoardState, boardStates, canMove, type HoldReason, holdLabels, holdReasons, stateLabels, type WorkOrderState } from "../work-order";

/** An order as the board shows it. */
export type Card = {
  id: Id<"workOrder">;
  number: number;
  title: string;
  state: WorkOrderState;
  holdReason: HoldReason | null;
  leadName: string | null;
  promisedAt: UtcMs | null;
  stateSince: UtcMs;
  /** Lines to bill that nobody was asked about. */
  overLines: number;
  /** Its unit has an uncertified defect that bars it from driving. */
  doNotOperate: boolean;
  /** Its unit reports a fault with which it should stop. */
  criticalFault: boolean;
  /** Its fleet certified a repair itself that is still a job of the order. */
  fleetRepaired: boolean;
  /** What the customer asked for in the portal; null for an order of the shop's. */
  request: Pick<ServiceRequest, "urgency"> | null;
  version: number;
  unitNumber: string;
  assetId: Id<"asset">;
  kind: AssetKind;
  customer: string;
};

/** The cards of a response, but never older than the known ones: a request that began before a change may arrive after it. */
export function notOlder<C extends Pick<Card, "id" | "version">>(known: readonly C[], read: readonly C[]): readonly C[] {
  const byId = new Map(known.map((card) => [card.id, card]));
  return read.map((card) => {
    const before = byId.get(card.id);
    return before && before.version > card.version ? before : card;
  });
}

/** A place to move a card: a column, or On hold with a reason. */
export type Target = { value: string; to: BoardState; holdReason: HoldReason | null; label: string };

export const targets: readonly Target[] = boardStates.flatMap((to): Target[] =>
  to === "on-hold"
    ? holdReasons.map((holdReason) => ({ value: `on-hold:${holdReason}`, to, holdReason, label: `On hold: ${holdLabels[holdReason]}` }))
    : [{ value: to, to, holdReason: null, label: stateLabels[to] }],
);

export const targetOf = (value: string): Target | null => targets.find((target) => target.value === value) ?? null;

/** Where a card can move, each with the reason if it can't; its current place is left out. */
export const choicesFor = (card: Pick<Card, "state" | "holdReason">): (Target & { blocked: string | null })[] =>
  targets
    .filter(({ to, holdReason }) => to !== card.state || holdReason !== card.holdReason)
    .map((target) => {
      const allowed = canMove(card.state, target.to);
      return { ...target, blocked: allowed === true ? null : allowed };
    });

/** The next column to the right (1) or left (-1) that the card can move to, for the keyboard. */
export function neighbor(state: WorkOrderState, step: 1 | -1): BoardState | null {
  const columns: readonly WorkOrderState[] = boardStates;
  const from = columns.indexOf(state);
  for (let at = from + step; from >= 0 && at >= 0 && at < boardStates.length; at += step) {
    const column = boardStates[at];
    if (column && canMove(state, column) === true) return column;
  }
  return null;
}

/** Orders in these states are never late. */
const OVER: readonly WorkOrderState[] = ["completed", "invoiced", "canceled"];

export const isLate = (card: Pick<Card, "promisedAt" | "state">, now: UtcMs): boolean =>
  !OVER.includes(card.state) && card.promisedAt !== null && card.promisedAt < now;

/** "3 h late", "due in 5 h", or null without a promised time. */
export function formatPromise(card: Pick<Card, "promisedAt" | "state">, now: UtcMs): string | null {
  if (card.promisedAt === null || OVER.includes(card.state)) return null;
  return isLate(card, now) ? `${formatAge(now - card.promisedAt)} late` : `due in ${formatAge(card.promisedAt - now)}`;
}

type Alarming = Pick<Card, "promisedAt" | "state" | "doNotOperate" | "criticalFault" | "request">;

/** Why the unit of a card should not be driven: a defect, a fault, or, until the work begins, what its customer said. */
export function unsafeLabel({ state, doNotOperate, criticalFault, request }: Alarming): string | null {
  if (doNotOperate) return "Do not operate";
  if (criticalFault) return "Stop now: critical fault";
  return request?.urgency === "do-not-drive" && (state === "draft" || state === "open") ? urgencyLabels["do-not-drive"] : null;
}

/** The one alarm of a card: a unit that should not be driven comes before a promise that was missed. */
export const alarmOf = (card: Alarming, now: UtcMs): string | null => unsafeLabel(card) ?? (isLate(card, now) ? formatPromise(card, now) : null);

/** A column's cards: late ones first, then the longest waiting. */
export function columnOf(cards: readonly Card[], state: BoardState, now: UtcMs): Card[] {
  return cards
    .filter((card) => card.state === state)
    .sort((a, b) => Number(isLate(b, now)) - Number(isLate(a, now)) || a.stateSince - b.stateSince || a.number - b.number);
}

/** The board's filters, as in its URL. */
export type BoardFilter = { query: string; who: string | null; late: boolean };

export const boardFilterIn = (params: URLSearchParams): BoardFilter => ({
  query: params.get("q") ?? "",
  who: params.get("who"),
  late: params.get("late") === "yes",
});

/** Filter value for unassigned cards; any other value is the name of a technician. */
export const NOBODY = "nobody";

export function filtered(cards: readonly Card[], { query, who, late }: BoardFilter, now: UtcMs): Card[] {
  const term = query.trim().toLowerCase();
  return cards.filter(
    (card) =>
      (who === null || (who === NOBODY ? card.leadName === null : card.leadName === who)) &&
      (!late || isLate(card, now)) &&
      (term === "" || `wo-${card.number} ${card.unitNumber} ${card.title} ${card.customer}`.toLowerCase().includes(term)),
  );
}

/** The names of all leads on the board, for the filter. */
export const leadsOf = (cards: readonly Card[]): string[] => [...new Set(cards.flatMap(({ leadName }) => leadName ?? []))].sort((a, b) => a.localeCompare(b));
