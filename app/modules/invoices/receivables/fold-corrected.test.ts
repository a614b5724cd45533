import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { decideLedger } from "./decide-ledger";
import { foldCorrected } from "./fold-corrected";
import { type Account, isCorrected, type LedgerEntry } from "./ledger";
import type { LedgerCommand } from "./ledger-command";

const id = (text: string) => text as Id<"entry">; // short ids keep the example readable
const invoice = (n: number) => `inv_${n}` as Id<"invoice">;
const when = { now: toUtcMs(Date.parse("2030-03-01T09:00:00Z")), today: "2030-03-01" };
const check = { method: "check", reference: "7001", day: "2030-03-01" } as const;

/** The entries after these commands, newest first, as the account's page reads them. */
function entriesAfter(...commands: LedgerCommand[]) {
  let made = 0;
  const invoices = new Map([1, 2, 3].map((n) => [invoice(n), { state: "issued" as const, total: toCents(100_00), dueAt: when.now, number: n }]));
  let entries: LedgerEntry[] = [];
  for (const command of commands) {
    const decided = decideLedger({ entries, invoices, firstDay: null } as Account, command, when, () => id(`new_${++made}`));
    entries = [...entries, ...(decided.ok ? decided.value : expect.fail(decided.error.kind))];
  }
  return [...entries]
    .reverse()
    .map((entry) => ({ ...entry, isCorrected: isCorrected(entries, entry.id), isOfCorrected: isCorrected(entries, entry.sourceId) }));
}
const pay = (of: string, amount: number): LedgerCommand => ({
  intent: "pay",
  id: id(of),
  on: [1, 2, 3].map((n) => ({ invoiceId: invoice(n), amount: null })),
  amount: toCents(amount),
  ...check,
});
const rowsOf = (...commands: LedgerCommand[]) => foldCorrected(entriesAfter(...commands)).map(({ mistake, entries }) => [mistake, entries.length]);

test("a corrected payment is one row with all that it did; what took its place stays as it is", () => {
  const wrong = pay("wrong", 300_00);
  const correct: LedgerCommand = { intent: "correct", id: id("right"), entryId: id("wrong"), amount: toCents(250_00), ...check, why: "Mistyped" };
  expect(rowsOf(wrong)).toEqual([1, 2, 3, 4].map(() => [null, 1]));
  expect(rowsOf(wrong, correct)).toEqual([...[1, 2, 3, 4].map(() => [null, 1]), [id("wrong"), 8]]);
  expect(rowsOf(wrong, { intent: "remove", entryId: id("wrong"), why: "Never came" })).toEqual([[id("wrong"), 8]]);
});

test("a corrected refund is one row with its correction, apart from its payment", () => {
  const refund: LedgerCommand = { intent: "refund", id: id("back"), sourceId: id("paid"), amount: toCents(40_00), ...check, why: "Asked" };
  const remove: LedgerCommand = { intent: "remove", entryId: id("back"), why: "Never sent" };
  const rows = rowsOf(pay("paid", 300_00), refund, remove);
  expect(rows.find(([mistake]) => mistake !== null)).toEqual([id("back"), 2]);
  // The payment with its three allocations, and what the refund had unapplied and is applied again.
  expect(rows.filter(([mistake]) => mistake === null)).toHaveLength(6);
});
