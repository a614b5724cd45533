import type { LineAuthorization, OrderAuthorization } from "./authorization";

type Tone = "green" | "amber" | "blue" | "red" | "slate";
export type LineMark = { label: string; tone: Tone };

/** What people read about the authorization of a line; null where there is nothing to say. */
export function lineMark(its: LineAuthorization | undefined, applies: boolean): LineMark | null {
  if (!its) return null;
  if (its.state === "declined") return { label: "Declined", tone: "red" };
  if (its.state === "withdrawn") return { label: "Withdrawn, not done", tone: "slate" };
  if (its.state === "unanswered") return { label: "Not answered", tone: "slate" };
  if (its.state === "unchosen") return its.isAlternative ? null : { label: "Not chosen", tone: "slate" };
  if (its.reasoned > 0 && its.toBill === 0) return { label: "Not charged", tone: "slate" };
  if (its.offered !== null) return { label: "Waiting for an answer", tone: "blue" };
  if (its.over > 0 && applies) return { label: its.authorized > 0 ? "Price increase not authorized" : "Not authorized", tone: "amber" };
  if (its.state === "authorized") return { label: "Authorized", tone: "green" };
  if (its.reasoned > 0) return { label: "Shop's decision", tone: "slate" };
  return its.covered > 0 ? { label: "Within the agreed limit", tone: "green" } : null;
}

/** "2 lines not authorized"; null if all are. */
export const overLabel = ({ applies, overLines }: Pick<OrderAuthorization, "applies" | "overLines">): string | null =>
  applies && overLines > 0 ? `${overLines} ${overLines === 1 ? "line" : "lines"} not authorized` : null;
