import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { canIssueOn, creditConcern } from "./issue-on-terms";

const money = (cents: number) => `$${cents / 100}`;
const customer = { customer: "Northline", creditLimit: toCents(1_000_00), creditHold: false };
const asked = { terms: "net-30", owed: toCents(900_00), total: toCents(200_00) } as const;
const over = "With this invoice, Northline is over its credit limit of $1000 by $100.";

test("over the limit an invoice is refused on terms where the shop blocks it, and issued as due on receipt", () => {
  expect(canIssueOn(customer, asked, { creditRule: "block" }, money)).toBe(`${over} Issue it as due on receipt.`);
  expect(canIssueOn(customer, { ...asked, terms: "receipt" }, { creditRule: "block" }, money)).toBe(true);
  expect(canIssueOn(customer, { ...asked, owed: toCents(800_00) }, { creditRule: "block" }, money)).toBe(true);
});

test("where the shop only warns it is issued, and the draft shows it", () => {
  for (const rules of [{}, { creditRule: "warn" as const }]) expect(canIssueOn(customer, asked, rules, money)).toBe(true);
  expect(creditConcern(customer, asked, money)).toBe(over);
  expect(creditConcern({ ...customer, creditHold: true }, asked, money)).toBe("Northline is on credit hold.");
});
