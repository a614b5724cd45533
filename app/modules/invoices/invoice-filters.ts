/** What the list of invoices can be narrowed to; the first is what it opens with. */
export const invoiceFilters = {
  open: { word: "Open" },
  overdue: { word: "Overdue" },
  cores: { word: "Cores out" },
  draft: { word: "Draft" },
  paid: { word: "Paid" },
  void: { word: "Void" },
  all: { word: "All" },
} as const;

export type InvoiceFilter = keyof typeof invoiceFilters;
export const invoiceFilterNames = Object.keys(invoiceFilters) as InvoiceFilter[]; // the table's own keys

export const parseInvoiceFilter = (text: string | null): InvoiceFilter => invoiceFilterNames.find((name) => name === text) ?? "open";

/** What a customer's own list can be narrowed to: drafts are not there, and a void one stands among all. */
export const ownInvoiceFilters = ["all", "open", "overdue", "paid"] as const satisfies readonly InvoiceFilter[];
export type OwnInvoiceFilter = (typeof ownInvoiceFilters)[number];

export const parseOwnInvoiceFilter = (text: string | null): OwnInvoiceFilter => ownInvoiceFilters.find((name) => name === text) ?? "all";
