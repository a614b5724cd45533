import { type Cents, toCents } from "~/kernel/money";

/** How the balance of an account is called and shown everywhere: what is due, or the customer's credit. */
export const balanceLabel = (balance: Cents): { term: "Balance due" | "Credit balance"; amount: Cents } =>
  balance < 0 ? { term: "Credit balance", amount: toCents(-balance) } : { term: "Balance due", amount: balance };
