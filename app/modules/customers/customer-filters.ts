/** What the list of customers can be narrowed to; the first is what it opens with. */
export const customerFilters = { all: "All", "portal-on": "Portal on", "portal-off": "Portal off", archived: "Archived" } as const;
export type CustomerFilter = keyof typeof customerFilters;
export const customerFilterNames = Object.keys(customerFilters) as CustomerFilter[]; // the table's own keys

export const parseCustomerFilter = (text: string | null): CustomerFilter => customerFilterNames.find((name) => name === text) ?? "all";
