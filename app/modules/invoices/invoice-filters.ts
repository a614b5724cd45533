/** Filters of the list of invoices; the first is the default. */
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
export const invoiceFilterNames = Object.keys(invoiceFilters) as InvoiceFilter[]; // the keys of the table above

export const parseInvoiceFilter = (text: string | null): InvoiceFilter => invoiceFilterNames.find((name) => name === text) ?? "open";

/** Filters of a customer's list, which has no drafts; void invoices are only under All. */
export const portalInvoiceFilters = ["all", "open", "overdue", "paid"] as const satisfies readonly InvoiceFilter[];
export type PortalInvoiceFilter = (typeof portalInvoiceFilters)[number];

export const parsePortalInvoiceFilter = (text: string | null): PortalInvoiceFilter => portalInvoiceFilters.find((name) => name === text) ?? "all";
