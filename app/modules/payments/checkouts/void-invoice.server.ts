import type { Id } from "~/kernel/ids";
import { err } from "~/kernel/result";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { onItsWayStore } from "./on-its-way.store.server";

const ON_ITS_WAY =
  "Money for this invoice is on its way through Square. Void it once that has arrived and is unapplied, or has failed. If Square has no news of it, end the wait in Settings, Payments.";

/** Voids an invoice; not while money for it is on its way, which would arrive for nothing. */
export async function voidInvoice(s: Parameters<typeof closeInvoice>[0], id: Id<"invoice">, why: string): ReturnType<typeof closeInvoice> {
  if ((await onItsWayStore(s.db).pendingOn([id])).size > 0) return err({ kind: "not-allowed", message: ON_ITS_WAY });
  return closeInvoice(s, id, { intent: "void", why });
}
