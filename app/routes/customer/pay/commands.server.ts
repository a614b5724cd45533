import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { err, ok } from "~/kernel/result";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse } from "~/modules/customers/contacts/contact-rights";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { payWays, type Share } from "~/modules/payments/checkouts/payment-intent";
import { customer } from "~/platform/http/guards.server";
import type { Scope } from "~/platform/scope/scope.server";
import { readPortalOwed } from "~/queries/customer/balance-due.server";
import { askAboutReturned, checkoutMessage, openCheckout } from "../../parts/checkout.server";
import { readPicks } from "../../parts/invoice-picks";
import { isPartTyped, readShares } from "./chosen-shares";

/** A customer's session names its customer. */
const ownOf = (scope: Scope<"customer">) => scope.partyId as Id<"customer">; // set in every scope of a customer

/** What a checkout takes of an invoice, and what stays open. */
function shown({ invoiceId, amount }: Share, owed: readonly { id: Id<"invoice">; number: number | null; balance: Cents }[]) {
  const invoice = owed.find(({ id }) => id === invoiceId);
  return { number: invoice?.number ?? null, amount, rest: toCents((invoice?.balance ?? amount) - amount) };
}

/** What a customer can do about open invoices. */
export const commands = customer.commands({
  pay: customer.command({
    permission: "invoice:pay",
    form: z.looseObject({ way: z.enum(payWays).catch("card") }),
    run: async ({ form, services, scope, session }) => {
      if (!mayUse(await readContactRights(services.db), "documents").ok) return err({ kind: "not-yours" as const });
      const picks = readPicks(form);
      const { rows } = await readPortalOwed(services.db, services.clock.now());
      // Without script, an invoice that isn't checked may have an amount: who typed one wants to pay it.
      const owed = rows.filter(({ id }) => picks.includes(id) || isPartTyped(form, id));
      if (owed.length === 0) return err({ kind: "nothing-chosen" as const });
      const { currency, locale } = session.organization;
      const least = await readLeastPart(services.db);
      const shares = readShares(form, owed, least, (amount) => formatMoney(amount, currency, locale));
      if (!shares.ok) return err({ kind: "wrong-amounts" as const, fields: shares.error });
      const on = shares.value;
      const opened = await openCheckout(services, {
        wanted: { on, forEstimate: null, amount: sumCents(on.map(({ amount }) => amount)), way: form.way },
        customerId: ownOf(scope),
        least,
        returnTo: (intent) => session.organization.publicOrigin + paths.customer.pay(intent),
        buyerEmail: scope.email,
      });
      if (!opened.ok) return opened;
      return ok({ ...opened.value, on: on.map((share) => shown(share, owed)) });
    },
    done: (checkout) => ({ done: null, checkout }),
    refuse: (refusal, { session }) => {
      switch (refusal.kind) {
        case "not-yours":
          return { status: 403, message: "Invoices aren't among what you may see. Ask the shop." };
        case "nothing-chosen":
          return { status: 422, message: "Choose at least one invoice that is still open." };
        case "wrong-amounts":
          return { status: 422, message: "Fix the highlighted amounts. Nothing was charged.", fields: refusal.fields };
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
