import { describePlainly, type EventDescription } from "~/kernel/activity";
import { formatDuration, MINUTE } from "~/kernel/time";
import { type HoldReason, holdLabels, stateLabels, type WorkOrderState } from "../work-order";

/** A journal entry of an order. */
export type OrderEvent = { what: string; body: Record<string, unknown> };

/** Describes a journal entry for the order's activity. */
export function describeOrderEvent({ what, body }: OrderEvent): EventDescription {
  const text = (name: string) => (typeof body[name] === "string" && body[name] !== "" ? body[name] : null);
  const job = typeof body.job === "number" ? ` ${body.job}` : "";
  const who = text("technician");
  switch (what) {
    case "opened":
      return {
        title: body.request ? "Requested in the portal" : body.state === "draft" ? "Created as a draft" : "Opened",
        detail: text("complaint"),
        tone: "blue",
      };
    case "moved":
      return { title: describeMove(text("to"), text("holdReason")), detail: null, tone: body.to === "on-hold" ? "amber" : "blue" };
    case "completed":
      return { title: "Completed", detail: null, tone: "green" };
    case "reopened":
      return { title: "Reopened", detail: text("why"), tone: "amber" };
    case "invoiced":
      return { title: "Invoiced", detail: null, tone: "green" };
    case "invoice voided":
      return { title: "Invoice voided, ready to invoice again", detail: null, tone: "amber" };
    case "canceled":
      return { title: "Canceled", detail: text("why"), tone: "red" };
    case "changed":
      return { title: "Details changed", detail: text("title"), tone: "slate" };
    case "approved work added":
      return { title: `Approved work added to job${job}`, detail: text("name"), tone: "green" };
    case "job added":
      return { title: `Job${job} added`, detail: text("complaint"), tone: "slate" };
    case "job changed":
      return { title: `Job${job} updated`, detail: text("correction") ?? text("cause"), tone: "slate" };
    case "job removed":
      return { title: `Job${job} removed`, detail: text("complaint"), tone: "slate" };
    case "clock started":
      return { title: `${who ?? "Someone"} started on job${job}`, detail: null, tone: "green" };
    case "clock stopped":
      return {
        title: `${who ?? "Someone"} stopped on job${job}`,
        detail: typeof body.minutes === "number" ? formatDuration(body.minutes * MINUTE) : null,
        tone: "slate",
      };
    case "clock corrected":
      return { title: `${who ?? "Someone"}'s time on job${job} corrected`, detail: text("why"), tone: "amber" };
    case "note":
      return { title: "Note", detail: text("text"), tone: "slate" };
    default:
      return { ...describePlainly({ what }), detail: text("name") ?? text("why") };
  }
}

function describeMove(to: string | null, hold: string | null): string {
  if (to === "on-hold" && hold) return `On hold: ${holdLabels[hold as HoldReason] ?? hold}`; // the journal only holds values of these types
  return to ? `Moved to ${stateLabels[to as WorkOrderState] ?? to}` : "Moved"; // the journal only holds values of these types
}
