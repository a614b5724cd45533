import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR, later, toUtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { issuedInvoices } from "../tests/world/invoices";
import { sweep } from "./background";

test("the cron mails the month's statement and each reminder once, whichever of its hours are missed", async () => {
  const { world, shop, customer, staff } = await issuedInvoices([50_00]);
  await changeShopRules(staff, { seen: 0, rules: { ...firstRules, remindBefore: 3, remindLate: "weekly", remindMost: 3 } });
  await shop.db.batch([shop.db.update(customers, { monthlyStatement: true, statementThrough: "2030-02-28" }, eq(customers.id, customer.id))]);
  const began = world.clock.now();
  const hours = Math.round((Date.parse("2030-05-03T00:00:00Z") - began) / HOUR);
  // The service is down on all of April 1 in Chatham, and a third of the other hours.
  const isDown = (hour: number) =>
    hour % 3 === 1 || (later(began, hour * HOUR) >= Date.parse("2030-03-31T10:15:00Z") && later(began, hour * HOUR) < Date.parse("2030-04-01T11:15:00Z"));
  for (let hour = 0; hour < hours; hour += 1) {
    // Between the days on which something is due, one hour a day is enough.
    if (isDown(hour) || (hour % 24 > 3 && hour % 24 < 21)) continue;
    world.clock.pass(later(began, hour * HOUR) - world.clock.now());
    const execution = createExecutionContext();
    await sweep(env, execution, world.clock);
    await waitOnExecutionContext(execution);
    await world.drainOutbox(shop);
  }
  expect(world.clock.now()).toBeGreaterThan(toUtcMs(Date.parse("2030-05-02T00:00:00Z")));
  const subjects = (await world.mail(customer.email))
    .map(({ subject }) => subject.replace(/Shop \d+/, "the shop"))
    .filter((subject) => !subject.startsWith("Invoice"));
  expect(subjects.sort()).toEqual([
    "Reminder: invoice INV-1 from the shop, $50.00 14 days late",
    "Reminder: invoice INV-1 from the shop, $50.00 21 days late",
    "Reminder: invoice INV-1 from the shop, $50.00 7 days late",
    "Reminder: invoice INV-1 from the shop, $50.00 due in 3 days",
    "Statement from the shop: balance due $50.00 as of Sun, 31 Mar 2030",
    "Statement from the shop: balance due $50.00 as of Tue, 30 Apr 2030",
  ]);
});
