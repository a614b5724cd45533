import { describePlainly, type EventDescription } from "~/kernel/activity";
import { docketNumber } from "../work-order";
import { describeOrderEvent, type OrderEvent } from "./order-activity";

/** Describes a journal entry for the unit's activity: the unit's own changes and state changes of its orders. */
export function describeUnitEvent(event: OrderEvent & { recordKind: string }): EventDescription {
  const { recordKind, what, body } = event;
  const text = (name: string) => (typeof body[name] === "string" && body[name] !== "" ? body[name] : null);
  if (recordKind === "work-order") {
    const { title, detail, tone } = describeOrderEvent(event);
    const docket = typeof body.number === "number" ? `${docketNumber(body.number)}: ` : "Work order: ";
    return { title: docket + title.charAt(0).toLowerCase() + title.slice(1), detail: text("order") ?? detail, tone };
  }
  switch (what) {
    case "asset added":
      return { title: "Added", detail: null, tone: "blue" };
    case "asset changed":
      return { title: "Details changed", detail: null, tone: "slate" };
    case "asset handed over":
      return { title: "Transferred to another owner", detail: null, tone: "amber" };
    case "out of service":
      return { title: "Taken out of service", detail: text("why"), tone: "red" };
    case "back in service":
      return { title: "Back in service", detail: null, tone: "green" };
    case "asset archived":
      return { title: "Archived", detail: null, tone: "slate" };
    default:
      return { ...describePlainly({ what }), detail: text("name") ?? text("why") };
  }
}
