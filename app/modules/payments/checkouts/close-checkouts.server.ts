import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentJournal } from "../payment.journal";
import type { SquareClient } from "../square/square";
import { intentStore } from "./intent.store.server";
import { isOutOfDate, type PaymentIntent } from "./payment-intent";

type Needs = { db: ScopedDatabase<"job"> | ScopedDatabase<"staff">; clock: Clock };

/** Closes checkouts that nobody used within a day, or that would take more than their invoices need by now. */
export async function closeCheckouts(s: Needs): Promise<number> {
  const store = intentStore(s.db);
  const living = await store.allLiving();
  const invoices = await store.open(living.flatMap(({ on }) => on.map(({ invoiceId }) => invoiceId)));
  const open = new Map(invoices.map((invoice) => [invoice.id, invoice.open]));
  const now = s.clock.now();
  const old = living.filter((intent) => isOutOfDate(intent, open, now));
  await close(s, old);
  return old.length;
}

/** Closes those on whose pages nobody may pay any more. Money that is on its way stays awaited. */
export const closeOpen = async (s: Needs, which: (intent: PaymentIntent) => boolean): Promise<void> => close(s, (await openOnes(s)).filter(which));

const openOnes = async ({ db }: Needs) => (await intentStore(db).allLiving()).filter(({ state }) => state !== "pending");

async function close(s: Needs, intents: readonly PaymentIntent[]): Promise<void> {
  const now = s.clock.now();
  for (const intent of intents)
    await intentStore(s.db).move(intent, "closed", paymentJournal.of("payment.closed", { intent: intent.id, why: "out-of-date" }), now);
}

const AT_ONCE = 6;

/** Takes all open checkouts off Square while it still listens to us. Where it does not answer, they end by themselves or their money is credit. */
export async function takeOffSquare(s: Needs, client: Pick<SquareClient, "cancelInvoice" | "deletePaymentLink">): Promise<void> {
  const open = await openOnes(s);
  for (let at = 0; at < open.length; at += AT_ONCE)
    await Promise.all(
      open.slice(at, at + AT_ONCE).map(({ way, linkId }) => linkId && (way === "bank" ? client.cancelInvoice(linkId) : client.deletePaymentLink(linkId))),
    );
}
