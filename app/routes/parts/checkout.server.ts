import { type Id, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import { err, ok, type Result } from "~/kernel/result";
import { beginCheckout } from "~/modules/payments/checkouts/begin-checkout.server";
import { beginMessage } from "~/modules/payments/checkouts/begin-messages";
import type { Returned } from "~/modules/payments/checkouts/checkout.view";
import { readIntent } from "~/modules/payments/payment.read.server";
import type { squareOf } from "~/modules/payments/square/square-jobs.server";

type Begin = Parameters<typeof beginCheckout>[2];
type Services = Parameters<typeof beginCheckout>[0] & { square(): ReturnType<typeof squareOf> };
type BeginRefusal = Extract<Awaited<ReturnType<typeof beginCheckout>>, { ok: false }>["error"];
export type CheckoutRefusal = { kind: "not-connected" } | { kind: "not-begun"; why: BeginRefusal };

/** Begins a payment at Square: where the payer goes on, and with how much. */
export async function openCheckout(
  services: Services,
  begin: Begin,
): Promise<Result<{ url: string } & Pick<Begin["wanted"], "amount" | "way">, CheckoutRefusal>> {
  const square = await services.square();
  if (!square) return err({ kind: "not-connected" });
  const begun = await beginCheckout(services, square, begin);
  return begun.ok ? ok({ url: begun.value.url, amount: begun.value.intent.amount, way: begun.value.intent.way }) : err({ kind: "not-begun", why: begun.error });
}

type Shop = Pick<OrganizationLocale, "currency" | "locale"> & { name: string };

/** Why no payment was begun, and whether another amount would help. */
export function checkoutMessage(refusal: CheckoutRefusal, { name, currency, locale }: Shop): { message: string; isAmount: boolean } {
  if (refusal.kind === "not-connected") return { message: `${name} doesn't take payments online at the moment. Nothing was charged.`, isAmount: false };
  const { why } = refusal;
  const message = beginMessage(why, (amount) => formatMoney(amount, currency, locale));
  return { message, isAmount: why.kind === "too-much" || why.kind === "too-little" };
}

/** The checkout that the page's address names, which Square sends its payer back to; null if it is another customer's. */
async function checkoutIn(db: Services["db"], url: URL, customerId: Id<"customer">) {
  const id = parseId("paymentIntent", url.searchParams.get("checkout"));
  const intent = id && (await readIntent(db, id));
  return intent?.customerId === customerId ? intent : null;
}

/** What became of the checkout that its payer comes back from. */
export async function readReturned(db: Services["db"], url: URL, customerId: Id<"customer">): Promise<Returned | null> {
  const intent = await checkoutIn(db, url, customerId);
  return intent && { state: intent.state, amount: intent.amount };
}

/** Asks Square about it, where no notice of theirs has come yet. */
export async function askAboutReturned(services: Services, url: URL, customerId: Id<"customer">): Promise<void> {
  const intent = await checkoutIn(services.db, url, customerId);
  if (intent) await (await services.square())?.check(intent);
}
