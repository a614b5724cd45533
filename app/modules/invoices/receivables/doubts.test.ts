import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { decideLedger } from "./decide-ledger";
import { doubtKey } from "./doubts";
import type { Account, LedgerEntry } from "./ledger";
import type { LedgerCommand, LedgerRefusal } from "./ledger-command";
import { ledgerRefusalMessage } from "./ledger-messages";

const now = toUtcMs(1_900_000_000_000);
const invoiceId = newId("invoice");
const dollars = { money: (cents: number) => `$${cents / 100}`, locale: "en-US" };
const check = { method: "check", reference: "1041", day: "2030-03-01" } as const;

function account(firstDay: string | null = null) {
  const invoices: Account["invoices"] = new Map([[invoiceId, { state: "issued", number: 1001, total: toCents(250_00), dueAt: null }]]);
  let entries: readonly LedgerEntry[] = [];
  const decide = (command: LedgerCommand) => {
    const decided = decideLedger({ entries, invoices, firstDay }, command, { now, today: "2030-03-05" }, () => newId("entry"));
    if (decided.ok) entries = [...entries, ...decided.value];
    return decided;
  };
  return {
    decide,
    pay: (
      amount: number,
      more: Partial<{
        id: Id<"entry">;
        to: Id<"invoice"> | null;
        confirmed: string | null;
        method: "cash" | "check";
        reference: string | null;
        day: string;
      }> = {},
    ) => {
      const { to = invoiceId, id = newId("entry"), ...rest } = more;
      return decide({ intent: "pay", id, on: to ? [{ invoiceId: to, amount: null }] : [], amount: toCents(amount), ...check, ...rest });
    },
  };
}

/** The refusal's message and key, or null where nothing was asked. */
function asked(decided: { ok: true } | { ok: false; error: LedgerRefusal }) {
  if (decided.ok || decided.error.kind !== "doubtful") return null;
  return { message: ledgerRefusalMessage(decided.error, dollars), key: doubtKey(decided.error.doubts) };
}

test("ten times what is open is recorded, a cent more is asked about", () => {
  expect(account().pay(2_500_00).ok).toBe(true);
  expect(asked(account().pay(2_500_01))?.message).toBe("This is $2250.01 more than is open. Record it anyway?");
});

test("what was confirmed is recorded; an amount typed since is asked about again", () => {
  const it = account();
  const confirmed = asked(it.pay(250_000_00))?.key ?? expect.fail("not asked");
  expect(asked(it.pay(350_000_00, { confirmed }))?.key).toBe("surplus:34975000");
  expect(it.pay(250_000_00, { confirmed }).ok).toBe(true);
});

test("a deposit has no invoice to be measured by: above $100,000 it is asked about", () => {
  expect(account().pay(100_000_00, { to: null }).ok).toBe(true);
  expect(asked(account().pay(100_000_01, { to: null }))?.key).toBe("surplus:10000001");
});

test("the same method, reference and amount twice is asked about, until the first one is reversed", () => {
  const it = account();
  const first = newId("entry");
  it.pay(50_00, { id: first });
  expect(asked(it.pay(50_00, { day: "2030-03-03" }))).toEqual({
    key: `duplicate:${first}`,
    message: "The same amount with the same method and reference is already recorded for Fri, Mar 1, 2030. Record it anyway?",
  });
  for (const other of [{ reference: "1042" }, { method: "cash" as const }]) expect(it.pay(50_00, other).ok).toBe(true);
  expect(it.pay(50_01).ok).toBe(true);
  it.decide({ intent: "reverse", sourceId: first, why: "Bounced" });
  expect(it.pay(50_00).ok).toBe(true);
});

test("cash without a reference is a duplicate on the same day only", () => {
  const it = account();
  const cash = { method: "cash", reference: null } as const;
  it.pay(20_00, cash);
  expect(it.pay(20_00, { ...cash, day: "2030-03-02" }).ok).toBe(true);
  expect(asked(it.pay(20_00, cash))?.key).toMatch(/^duplicate:/);
});

test("a day before the customer's first estimate or invoice is asked about, the first day itself is not", () => {
  expect(account("2030-03-01").pay(20_00).ok).toBe(true);
  expect(asked(account("2030-03-02").pay(20_00))).toEqual({
    key: "early:2030-03-02",
    message: "The date is before this customer's first estimate or invoice (Sat, Mar 2, 2030). Record it anyway?",
  });
});

test("a refund sent twice by another form is asked about; a corrected one is no duplicate of its correction", () => {
  const it = account();
  const deposit = newId("entry");
  it.pay(200_00, { id: deposit, to: null });
  const refund = (amount: number, id = newId("entry")) =>
    it.decide({ intent: "refund", id, sourceId: deposit, amount: toCents(amount), why: "Asked", method: "check", reference: "7", day: "2030-03-02" });
  const first = newId("entry");
  refund(30_00, first);
  expect(asked(refund(30_00))?.key).toBe(`duplicate:${first}`);
  const corrected = { amount: toCents(30_00), method: "check", reference: "7", day: "2030-03-03", why: "Wrong day" } as const;
  expect(it.decide({ intent: "correct", id: newId("entry"), entryId: first, ...corrected }).ok).toBe(true);
});
