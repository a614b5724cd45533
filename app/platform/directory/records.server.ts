import type { accounts, memberships, organizations } from "./directory.tables";

export type Organization = typeof organizations.$inferSelect;
export type Account = typeof accounts.$inferSelect;
export type Membership = typeof memberships.$inferSelect;
