import type { OrganizationFacts } from "./organization";

/** The shop as a document names it; kept with the document when it is sent or issued. */
export type ShopParty = Pick<OrganizationFacts, "address" | "remitTo" | "taxId" | "paymentTerms">;

export const shopPartyOf = ({ address, remitTo, taxId, paymentTerms }: ShopParty): ShopParty => ({ address, remitTo, taxId, paymentTerms });
