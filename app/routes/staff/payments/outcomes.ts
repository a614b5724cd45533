import { never } from "~/kernel/result";
import type { SquareFault } from "~/modules/payments/square/square";

/** How an attempt to connect ended, as the page's address names it. */
export const outcomes = {
  connected: { tone: "green", message: "Square is connected." },
  denied: { tone: "amber", message: "Square wasn't connected, because access wasn't allowed there." },
  expired: { tone: "amber", message: "That took too long, or it was started in another browser. Connect again." },
  taken: { tone: "red", message: "This Square account is connected to another shop. Disconnect it there first, or sign in to Square with another account." },
  unreachable: { tone: "red", message: "Square didn't answer, so nothing was connected. Try again in a minute." },
  refused: { tone: "red", message: "Square refused the connection. Try again." },
  "not-set-up": { tone: "red", message: "Square isn't set up for this installation of BayTrack." },
  "not-owner": { tone: "red", message: "Only the owner can connect Square." },
} as const satisfies Record<string, { tone: "green" | "amber" | "red"; message: string }>;

export type Outcome = keyof typeof outcomes;
export const isOutcome = (text: string | null): text is Outcome => text !== null && Object.hasOwn(outcomes, text);

type Refusal =
  | { kind: "square-not-set-up" | "square-state-invalid" | "square-denied" | "square-merchant-taken" | "stale" }
  | { kind: "square-fault"; fault: SquareFault };

export function outcomeOf(refusal: Refusal): Outcome {
  switch (refusal.kind) {
    case "square-not-set-up":
      return "not-set-up";
    case "square-state-invalid":
    case "stale":
      return "expired";
    case "square-denied":
      return "denied";
    case "square-merchant-taken":
      return "taken";
    case "square-fault":
      return refusal.fault.kind === "squareUnreachable" || refusal.fault.kind === "squareAnswerUnreadable" ? "unreachable" : "refused";
    default:
      return never(refusal);
  }
}
