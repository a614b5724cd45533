import type { Merchant, Store } from "./store";

export type Call = {
  store: Store;
  merchant: Merchant;
  id: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  origin: string;
  applicationId: string;
};
export type Answer = Record<string, unknown> | Response;
