import { linesOf } from "~/kernel/text-block";
import type { ShopParty } from "~/modules/organizations/shop-party";
import type { Letterhead, Party } from "~/platform/pdf/document";
import type { BillTo } from "./bill-to";

/** The letterhead with the address that the document was issued with. */
export const issuedBy = (shop: Letterhead, party: ShopParty | null): Letterhead => (party ? { ...shop, address: party.address, taxId: party.taxId } : shop);

export const billToParty = (customer: string, { address, taxId }: BillTo, term: "Bill to" | "For" = "Bill to"): Party => ({
  term,
  lines: [customer, ...linesOf(address), ...(taxId ? [`Tax ID ${taxId}`] : [])],
});

/** Where payments go, if not to the letterhead's address. */
export const remitToParties = (shop: Pick<ShopParty, "remitTo"> | null): Party[] => (shop?.remitTo ? [{ term: "Remit to", lines: linesOf(shop.remitTo) }] : []);
