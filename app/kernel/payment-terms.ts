/** When an invoice is due. */
export const terms = {
  receipt: { label: "Due on receipt", days: 0 },
  "net-15": { label: "Net 15 days", days: 15 },
  "net-30": { label: "Net 30 days", days: 30 },
  "net-45": { label: "Net 45 days", days: 45 },
  "net-60": { label: "Net 60 days", days: 60 },
} as const satisfies Record<string, { label: string; days: number }>;
export type Terms = keyof typeof terms;
export const termNames = Object.keys(terms) as Terms[]; // the keys of the table above

/** What is offered where neither the customer nor the shop has terms of its own. */
export const USUAL_TERMS: Terms = "net-30";
