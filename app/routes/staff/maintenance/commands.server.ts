import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { addCalendarFeed, revokeCalendarFeed, revokeCustomerFeed } from "~/modules/maintenance/feeds/calendar-feed.server";
import { MOST_ORDERED, makeServiceOrders, type ServiceOrder } from "~/modules/maintenance/orders/make-orders.server";
import { docketNumber } from "~/modules/work-orders/work-order";
import { noFields } from "~/platform/http/commands.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";

/** Checked rows of a form: `pick-<id>`. */
export const picked = (form: Readonly<Record<string, unknown>>): Id<"schedule">[] =>
  Object.keys(form).flatMap((name) => (name.startsWith("pick-") ? (parseId("schedule", name.slice("pick-".length)) ?? []) : []));

export const makeOrdersCommand = staff.command({
  permission: "work-order:write",
  form: z.looseObject({}),
  run: ({ services, form }) => makeServiceOrders(services, picked(form)),
  done: (orders) => ({ done: ordersText(orders), orders: orders.map(({ id, number }) => ({ id, number })) }),
  refusals: {
    "nothing-due": "Choose what to do. What is on an open work order already isn't ordered twice.",
    "too-many": `Up to ${MOST_ORDERED} can be put on work orders at once. Nothing was made: uncheck some, and make the others after that.`,
  },
});

/** "3 work orders made. They're on the board under Open.", and what an open order had already. */
function ordersText(orders: readonly ServiceOrder[]): string {
  const there = orders.filter(({ wasThere }) => wasThere).map(({ number }) => docketNumber(number));
  const made = orders.length - there.length;
  return [
    ...(made === 0 ? [] : [made === 1 ? "Work order made. It's on the board under Open." : `${made} work orders made. They're on the board under Open.`]),
    ...(there.length === 0 ? [] : [`${there.join(", ")} had the job already: it counts as this maintenance, and nothing was ordered twice.`]),
  ].join(" ");
}

export const action = staff.commands({
  "make-orders": makeOrdersCommand,
  "add-feed": staff.command({
    permission: "maintenance:manage",
    form: noFields,
    run: ({ services }) => addCalendarFeed(services),
    done: ({ token }, { session }) => ({ done: null, address: session.organization.publicOrigin + paths.calendar(token) }),
    refusals: { "too-many": "The shop has ten calendar addresses. Revoke one first." },
  }),
  "revoke-feed": staff.command({
    permission: "maintenance:manage",
    form: z.object({ id: idField("calendarFeed", "Reload the page.") }),
    run: ({ services, form }) => revokeCalendarFeed(services, form.id),
    done: "Calendar address revoked.",
  }),
  "revoke-customer-feed": staff.command({
    permission: "portal-access:manage",
    form: z.object({ id: idField("calendarFeed", "Reload the page.") }),
    run: ({ services, form }) => revokeCustomerFeed(services, form.id),
    done: "Calendar address revoked. The customer can make another one while its portal is on.",
  }),
});
