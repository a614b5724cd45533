import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, later } from "~/kernel/time";
import { intentStore } from "~/modules/payments/checkouts/intent.store.server";
import { forJob } from "~/platform/scope/scope.server";
import { issuedInvoices } from "../../../tests/world/invoices";
import { wish } from "../../../tests/world/payments";
import { readReturned } from "./checkout.server";

test("a checkout in the address is shown to the customer whose it is, and to no other", async () => {
  const { world, shop, customer, invoices } = await issuedInvoices([100_00]);
  const { db } = world.context.servicesFor(forJob(shop.id, "Square"));
  const id = newId("paymentIntent");
  const now = world.clock.now();
  await intentStore(db).begin(
    { ...wish(invoices, [100_00]), id, customerId: customer.id, currency: "NZD", merchantId: "M1", expiresAt: later(now, DAY) },
    [],
    now,
  );
  const url = new URL(`https://shop.test/portal/pay?checkout=${id}`);
  expect(await readReturned(db, url, customer.id)).toEqual({ state: "creating", amount: 100_00 });
  expect(await readReturned(db, url, (await shop.customer()).id)).toBeNull();
  expect(await readReturned(db, new URL("https://shop.test/portal/pay?checkout=x"), customer.id)).toBeNull();
});
