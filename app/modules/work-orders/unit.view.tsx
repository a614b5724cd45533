import type { Tone } from "~/ui/state-mark";
import { docketNumber } from "./board.view";
import { type OrderEvent, orderEventWords } from "./order.view";

export { statusTones } from "./unit-status.view";

/** One line of a unit's story: its own changes, and where its orders stood. */
export function unitEventWords(event: Pick<OrderEvent, "recordKind" | "what" | "body">): { title: string; detail: string | null; tone: Tone } {
  const { recordKind, what, body } = event;
  const text = (name: string) => (typeof body[name] === "string" && body[name] !== "" ? body[name] : null);
  if (recordKind === "work-order") {
    const { title, detail, tone } = orderEventWords(event);
    const docket = typeof body.number === "number" ? `${docketNumber(body.number)}: ` : "Work order: ";
    return { title: docket + title.charAt(0).toLowerCase() + title.slice(1), detail: text("order") ?? detail, tone };
  }
  switch (what) {
    case "asset added":
      return { title: "Added", detail: null, tone: "blue" };
    case "asset changed":
      return { title: "Facts changed", detail: null, tone: "slate" };
    case "asset handed over":
      return { title: "Handed over to another owner", detail: null, tone: "amber" };
    case "out of service":
      return { title: "Taken out of service", detail: text("why"), tone: "red" };
    case "back in service":
      return { title: "Back in service", detail: null, tone: "green" };
    case "asset archived":
      return { title: "Archived", detail: null, tone: "slate" };
    default:
      return { title: what.charAt(0).toUpperCase() + what.slice(1), detail: text("name") ?? text("why"), tone: "slate" };
  }
}
