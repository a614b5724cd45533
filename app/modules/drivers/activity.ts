import type { EventDescription } from "~/kernel/activity";
import { describeBrowser } from "~/kernel/user-agent";
import type { CustomerEventRow } from "~/modules/customers/activity";

/** Describes a journal entry for a driver's activity. */
export function describeDriverEvent({ what, body, ip, userAgent }: CustomerEventRow): EventDescription {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const where = [text(body.tablet), ip, userAgent && describeBrowser(userAgent)].filter(Boolean).join(" · ") || null;
  switch (what) {
    case "signed in":
      return { title: text(body.code) ? "Signed in with code and PIN" : "Signed in with an emailed link", detail: where, tone: "green" };
    case "sign-in refused":
      return { title: `Sign-in refused${text(body.why) ? `: ${text(body.why)}` : ""}`, detail: where, tone: "red" };
    case "PIN reset":
      return { title: "PIN reset. The old PIN no longer works.", detail: null, tone: "blue" };
    case "vehicle assigned":
    case "vehicle given back":
      return {
        title: `${what === "vehicle assigned" ? "Assigned to" : "Unassigned from"} unit ${text(body.unit) ?? ""}`,
        detail: null,
        tone: "slate",
      };
    default:
      return { title: what.charAt(0).toUpperCase() + what.slice(1), detail: null, tone: "slate" };
  }
}
