import { refuse } from "./refusal";
import { instant, newId, type Store } from "./store";

type PaidOut = { location: string; amount: number; at?: number; failed?: boolean };

/** Square pays what a location took to its seller's bank account, most days once. */
export function payOut(store: Store, merchantId: string, { location: locationId, amount, at = Date.now(), failed = false }: PaidOut) {
  const location = store.merchant(merchantId)?.locations.find(({ id }) => id === locationId) ?? refuse(404, "NOT_FOUND", "Location not found");
  return store.put("payout", merchantId, {
    id: `po_${newId()}`,
    status: failed ? "FAILED" : "PAID",
    location_id: location.id,
    created_at: instant(at),
    amount_money: { amount, currency: location.currency },
    destination: { type: "BANK_ACCOUNT", id: `bact:${newId()}` },
    version: 1,
    type: "BATCH",
    payout_fee: [],
    arrival_date: instant(at).slice(0, 10),
    end_to_end_id: `L2${newId().slice(0, 14)}`,
  });
}
