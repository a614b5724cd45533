/** What the list of invoices can be narrowed to; the first is what it opens with. */
export const invoiceFilters = {
  open: { label: "Open" },
  overdue: { label: "Overdue" },
  cores: { label: "Cores out" },
  draft: { label: "Draft" },
  paid: { label: "Paid" },
  void: { label: "Void" },
  all: { label: "All" },
} as const;

export type InvoiceFilter = keyof typeof invoiceFilters;
export const invoiceFilterNames = Object.keys(invoiceFilters) as InvoiceFilter[]; // the table's own keys

export const parseInvoiceFilter = (text: string | null): InvoiceFilter => invoiceFilterNames.find((name) => name === text) ?? "open";

/** What a customer's own list can be narrowed to: drafts are not there, and a void one stands among all. */
export const portalInvoiceFilters = ["all", "open", "overdue", "paid"] as const satisfies readonly InvoiceFilter[];
export type PortalInvoiceFilter = (typeof portalInvoiceFilters)[number];

export const parsePortalInvoiceFilter = (text: string | null): PortalInvoiceFilter => portalInvoiceFilters.find((name) => name === text) ?? "all";
