/** The customer as a document names it, besides the name; kept with the document when it is sent or issued. */
export type BillTo = { address: string | null; taxId: string | null };
