/** Filters of the list of customers; the first is the default. */
export const customerFilters = { all: "All", "portal-on": "Portal on", "portal-off": "Portal off", archived: "Archived" } as const;
export type CustomerFilter = keyof typeof customerFilters;
export const customerFilterNames = Object.keys(customerFilters) as CustomerFilter[]; // the keys of the table above

export const parseCustomerFilter = (text: string | null): CustomerFilter => customerFilterNames.find((name) => name === text) ?? "all";
