import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { sumCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { err, ok } from "~/kernel/result";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse } from "~/modules/customers/contacts/contact-rights";
import { customer } from "~/platform/http/guards.server";
import type { Scope } from "~/platform/scope/scope.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";
import { askAboutReturned, checkoutMessage, openCheckout } from "../../parts/checkout.server";
import { readPicks } from "../../parts/invoice-picks";

/** A customer's session names its customer. */
const ownOf = (scope: Scope<"customer">) => scope.partyId as Id<"customer">; // set in every scope of a customer

/** What a customer can do about open invoices. */
export const commands = customer.commands({
  pay: customer.command({
    permission: "invoice:pay",
    form: z.looseObject({}),
    run: async ({ form, services, scope, session }) => {
      if (!mayUse(await readContactRights(services.db), "documents").ok) return err({ kind: "not-yours" as const });
      const picks = readPicks(form);
      const owed = (await readPortalOwed(services.db, services.clock.now())).filter(({ id }) => picks.includes(id));
      if (owed.length === 0) return err({ kind: "nothing-chosen" as const });
      const on = owed.map(({ id, balance }) => ({ invoiceId: id, amount: balance }));
      const opened = await openCheckout(services, {
        wanted: { on, forEstimate: null, amount: sumCents(on.map(({ amount }) => amount)) },
        customerId: ownOf(scope),
        least: null,
        returnTo: (intent) => session.organization.publicOrigin + paths.customer.pay(intent),
        buyerEmail: scope.email,
      });
      if (!opened.ok) return opened;
      return ok({ ...opened.value, on: owed.map(({ number, balance }) => ({ number, amount: balance })) });
    },
    done: (checkout) => ({ done: null, checkout }),
    refuse: (refusal, { session }) => {
      switch (refusal.kind) {
        case "not-yours":
          return { status: 403, message: "Invoices aren't among what you may see. Ask the shop." };
        case "nothing-chosen":
          return { status: 422, message: "Choose at least one invoice that is still open." };
        case "not-connected":
        case "not-begun":
          return { status: 409, message: checkoutMessage(refusal, session.organization).message };
      }
    },
  }),
  check: customer.command({
    permission: "invoice:pay",
    form: z.object({}),
    run: async ({ services, scope, url }) => {
      await askAboutReturned(services, url, ownOf(scope));
      return ok(null);
    },
  }),
});
