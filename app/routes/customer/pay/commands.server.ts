import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { formatMoney, sumCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { err, ok } from "~/kernel/result";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse } from "~/modules/customers/contacts/contact-rights";
import { beginCheckout } from "~/modules/payments/begin-checkout.server";
import { beginMessage } from "~/modules/payments/begin-messages";
import { readIntent } from "~/modules/payments/payment.read.server";
import { customer } from "~/platform/http/guards.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";
import { readPicks } from "./picks";

const NOT_CONNECTED = "The shop doesn't take payments online at the moment. Nothing was charged.";

/** What a customer can do about open invoices. */
export const commands = customer.commands({
  pay: customer.command({
    permission: "invoice:pay",
    form: z.looseObject({}),
    run: async ({ form, services, scope, session }) => {
      if (!mayUse(await readContactRights(services.db), "documents").ok) return err({ kind: "not-yours" as const });
      const square = await services.square();
      if (!square) return err({ kind: "not-connected" as const });
      const picks = readPicks(form);
      const owed = (await readPortalOwed(services.db, services.clock.now())).filter(({ id }) => picks.includes(id));
      if (owed.length === 0) return err({ kind: "nothing-chosen" as const });
      const on = owed.map(({ id, balance }) => ({ invoiceId: id, amount: balance }));
      const begun = await beginCheckout(services, square, {
        wanted: { on, forEstimate: null, amount: sumCents(on.map(({ amount }) => amount)) },
        customerId: scope.partyId as Id<"customer">, // a customer's session names its customer
        least: null,
        returnTo: (intent) => session.organization.publicOrigin + paths.customer.pay(intent),
        buyerEmail: scope.email,
      });
      if (!begun.ok) return err({ kind: "not-begun" as const, why: begun.error });
      return ok({ url: begun.value.url, amount: begun.value.intent.amount, on: owed.map(({ number, balance }) => ({ number, amount: balance })) });
    },
    done: (checkout) => ({ done: null, checkout }),
    refuse: (refusal, { scope }) => {
      const { currency, locale } = scope.organization;
      switch (refusal.kind) {
        case "not-yours":
          return { status: 403, message: "Invoices aren't among what you may see. Ask the shop." };
        case "not-connected":
          return { status: 409, message: NOT_CONNECTED };
        case "nothing-chosen":
          return { status: 422, message: "Choose at least one invoice that is still open." };
        case "not-begun":
          return { status: 409, message: beginMessage(refusal.why, (amount) => formatMoney(amount, currency, locale)) };
      }
    },
  }),
  check: customer.command({
    permission: "invoice:pay",
    form: z.object({}),
    run: async ({ services, url }) => {
      const id = parseId("paymentIntent", url.searchParams.get("checkout"));
      const intent = id && (await readIntent(services.db, id));
      if (intent) await (await services.square())?.check(intent);
      return ok(null);
    },
  }),
});
