import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { decideLedger } from "./decide-ledger";
import { doubtKey } from "./doubts";
import { type Account, appliedTo, creditOf, type LedgerEntry } from "./ledger";
import type { LedgerCommand } from "./ledger-command";

const now = toUtcMs(1_900_000_000_000);
const paid = { method: "check", reference: "1041", day: "2030-03-01" } as const;
function account(...totals: number[]) {
  const ids = totals.map(() => newId("invoice"));
  const invoices = new Map(ids.map((id, at) => [id, { state: "issued" as const, number: 1001 + at, total: toCents(totals[at] ?? 0), dueAt: null }]));
  let entries: readonly LedgerEntry[] = [];
  let at = 0;
  const run = (command: LedgerCommand) => {
    const it: Account = { entries, invoices, firstDay: null };
    at += 1;
    let d = decideLedger(it, command, { now: toUtcMs(now + at), today: "2030-03-01" }, () => newId("entry"));
    if (!d.ok && d.error.kind === "doubtful")
      d = decideLedger(it, { ...command, confirmed: doubtKey(d.error.doubts) } as LedgerCommand, { now: toUtcMs(now + at), today: "2030-03-01" }, () =>
        newId("entry"),
      );
    if (d.ok) entries = [...entries, ...d.value];
    return d;
  };
  return { ids, run, applied: () => ids.map((id) => appliedTo(entries, id)), credit: () => creditOf(entries), entries: () => entries };
}
const inv = (id: Id<"invoice"> | undefined) => id as Id<"invoice">;

test("a correction of the reference leaves money on the invoice it was moved to", () => {
  const it = account(100_00, 100_00);
  const id = newId("entry");
  it.run({ intent: "pay", id, on: [{ invoiceId: inv(it.ids[0]), amount: null }], amount: toCents(100_00), ...paid });
  it.run({ intent: "release", sourceId: id, invoiceId: inv(it.ids[0]), why: "Meant for the other" });
  it.run({ intent: "allocate", id: newId("entry"), sourceId: id, invoiceId: inv(it.ids[1]), amount: toCents(100_00) });
  expect(it.applied()).toEqual([0, 100_00]);
  expect(it.run({ intent: "correct", id: newId("entry"), entryId: id, amount: toCents(100_00), ...paid, reference: "1042", why: "Typo" })).toMatchObject({
    ok: true,
  });
  expect(it.applied()).toEqual([0, 100_00]);
});

test("a correction of the reference leaves unapplied money unapplied", () => {
  const it = account(100_00);
  const id = newId("entry");
  it.run({ intent: "pay", id, on: [{ invoiceId: inv(it.ids[0]), amount: null }], amount: toCents(100_00), ...paid });
  it.run({ intent: "release", sourceId: id, invoiceId: inv(it.ids[0]), why: "In dispute" });
  it.run({ intent: "correct", id: newId("entry"), entryId: id, amount: toCents(100_00), ...paid, reference: "1042", why: "Typo" });
  expect([it.applied(), it.credit()]).toEqual([[0], 100_00]);
});

test("a correction of the method keeps a part payment as split, rest as credit", () => {
  const it = account(100_00, 100_00);
  const id = newId("entry");
  it.run({
    intent: "pay",
    id,
    on: [
      { invoiceId: inv(it.ids[0]), amount: toCents(40_00) },
      { invoiceId: inv(it.ids[1]), amount: toCents(40_00) },
    ],
    amount: toCents(100_00),
    ...paid,
  });
  expect([it.applied(), it.credit()]).toEqual([[40_00, 40_00], 20_00]);
  it.run({ intent: "correct", id: newId("entry"), entryId: id, amount: toCents(100_00), ...paid, method: "ach", why: "Typo" });
  expect([it.applied(), it.credit()]).toEqual([[40_00, 40_00], 20_00]);
});

test("a corrected refund keeps what it left", () => {
  const it = account(100_00);
  const id = newId("entry");
  const r = newId("entry");
  it.run({ intent: "pay", id, on: [{ invoiceId: inv(it.ids[0]), amount: null }], amount: toCents(100_00), ...paid });
  it.run({ intent: "refund", id: r, sourceId: id, amount: toCents(30_00), ...paid, why: "x" });
  expect(it.applied()).toEqual([70_00]);
  it.run({ intent: "correct", id: newId("entry"), entryId: r, amount: toCents(20_00), ...paid, why: "x" });
  expect([it.applied(), it.credit()]).toEqual([[80_00], 0]);
  const c = newId("entry");
  const cmd = { intent: "correct", id: c, entryId: id, amount: toCents(90_00), ...paid, why: "x" } as const;
  expect(it.run(cmd)).toMatchObject({ ok: false });
});

test("double submit of a multi payment after a later correction is known", () => {
  const it = account(100_00, 50_00);
  const id = newId("entry");
  const cmd = {
    intent: "pay",
    id,
    on: [
      { invoiceId: inv(it.ids[0]), amount: null },
      { invoiceId: inv(it.ids[1]), amount: null },
    ],
    amount: toCents(150_00),
    ...paid,
  } as const;
  it.run(cmd);
  it.run({ intent: "correct", id: newId("entry"), entryId: id, amount: toCents(150_00), ...paid, reference: "7", why: "x" });
  expect(it.run(cmd)).toMatchObject({ error: { kind: "known" } });
  expect(it.applied()).toEqual([100_00, 50_00]);
});
test("a multi payment moved to another invoice and corrected stays", () => {
  const it = account(100_00, 50_00, 150_00);
  const id = newId("entry");
  it.run({
    intent: "pay",
    id,
    on: [
      { invoiceId: inv(it.ids[0]), amount: toCents(30_00) },
      { invoiceId: inv(it.ids[1]), amount: null },
    ],
    amount: toCents(80_00),
    ...paid,
  });
  it.run({ intent: "reverse", sourceId: id, why: "bounced" });
  it.run({ intent: "reinstate", sourceId: id, why: "no" });
  expect(it.applied()).toEqual([30_00, 50_00, 0]);
});
