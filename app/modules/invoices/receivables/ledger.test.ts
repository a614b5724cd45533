import fc from "fast-check";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { decideLedger } from "./decide-ledger";
import { doubtKey } from "./doubts";
import { type Account, appliedTo, canVoid, creditOf, freeOf, type LedgerEntry } from "./ledger";
import type { LedgerCommand } from "./ledger-command";

const now = toUtcMs(1_900_000_000_000);
const cash = { method: "cash", reference: null, day: "2030-03-01" } as const;
const paid = { method: "check", reference: "1041", day: "2030-03-01" } as const;

type InvoiceFacts = Account["invoices"] extends ReadonlyMap<unknown, infer Facts> ? Facts : never;

/** A customer's account with its invoices, and commands on it one after the other. */
function account(...totals: number[]) {
  const invoices = new Map<Id<"invoice">, InvoiceFacts>();
  const ids = totals.map((total, at) => {
    const id = newId("invoice");
    invoices.set(id, { state: "issued", number: 1001 + at, total: toCents(total), dueAt: null });
    return id;
  });
  let firstDay: string | null = null;
  let at = 0;
  let entries: readonly LedgerEntry[] = [];
  return {
    ids,
    invoices,
    entries: () => entries,
    do(command: LedgerCommand) {
      const it: Account = { entries, invoices, firstDay };
      at += 1;
      const decided = decideLedger(it, command, { now: toUtcMs(now + at), today: "2030-03-01" }, () => newId("entry"));
      if (decided.ok) entries = [...entries, ...decided.value];
      return decided;
    },
    begins(day: string) {
      firstDay = day;
    },
    applied: (id: Id<"invoice">) => appliedTo(entries, id),
    credit: () => creditOf(entries),
  };
}

/** A payment; without a reference of its own, each is another check. */
const pay = (invoiceId: Id<"invoice"> | null, amount: number, id = newId("entry")) =>
  ({ intent: "pay", id, on: invoiceId ? [{ invoiceId, amount: null }] : [], amount: toCents(amount), ...paid, reference: id }) as const;
/** As somebody does who answers yes where an unusual amount or date is asked about. */
function confirm(it: Pick<ReturnType<typeof account>, "do">, command: LedgerCommand) {
  const asked = it.do(command);
  return asked.ok || asked.error.kind !== "doubtful" ? asked : it.do({ ...command, confirmed: doubtKey(asked.error.doubts) } as LedgerCommand); // the same command
}
const one = (): ReturnType<typeof account> & { invoice: Id<"invoice"> } => {
  const it = account(100_00);
  return { ...it, invoice: it.ids[0] as Id<"invoice"> }; // made with one invoice
};

test("an overpayment becomes the customer's credit", () => {
  const it = one();
  it.do(pay(it.invoice, 130_00));
  expect([it.applied(it.invoice), it.credit()]).toEqual([100_00, 30_00]);
});

test("the same payment submitted twice is one", () => {
  const it = one();
  const payment = pay(it.invoice, 40_00);
  it.do(payment);
  expect(it.do(payment)).toEqual({ ok: false, error: { kind: "known" } });
  expect(it.applied(it.invoice)).toBe(40_00);
});

test("refuses a payment on a paid, draft or void invoice", () => {
  const it = one();
  it.do(pay(it.invoice, 100_00));
  expect(it.do(pay(it.invoice, 1))).toMatchObject({ ok: false, error: { kind: "not-allowed", message: "This invoice is paid in full." } });
  for (const state of ["draft", "void"] as const) {
    it.invoices.set(it.invoice, { state, number: 1001, total: toCents(100_00), dueAt: null });
    expect(it.do(pay(it.invoice, 1))).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  }
});

test("refuses a zero or negative amount in every command", () => {
  const it = one();
  for (const amount of [0, -5]) expect(it.do(pay(it.invoice, amount))).toEqual({ ok: false, error: { kind: "bad-amount" } });
  expect(it.entries()).toEqual([]);
});

test("applies at most what the source has unapplied and the invoice needs", () => {
  const it = account(100_00, 20_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const deposit = pay(null, 50_00);
  it.do(deposit);
  const allocate = (invoiceId: Id<"invoice">, amount: number) =>
    it.do({ intent: "allocate", id: newId("entry"), sourceId: deposit.id, invoiceId, amount: toCents(amount) });
  expect(allocate(first, 50_01)).toEqual({ ok: false, error: { kind: "too-much", most: 50_00 } });
  expect(allocate(second, 20_01)).toEqual({ ok: false, error: { kind: "too-much", most: 20_00 } });
  expect(allocate(second, 20_00).ok).toBe(true);
  expect(allocate(first, 30_01)).toEqual({ ok: false, error: { kind: "too-much", most: 30_00 } });
});

test("uses the oldest credit first, and leaves what the invoice doesn't need", () => {
  const it = one();
  const [older, newer] = [pay(null, 70_00), pay(null, 50_00)];
  it.do(older);
  it.do(newer);
  it.do({ intent: "apply-credit", invoiceId: it.invoice });
  expect([freeOf(it.entries(), older.id), freeOf(it.entries(), newer.id), it.credit()]).toEqual([0, 20_00, 20_00]);
  expect(it.do({ intent: "apply-credit", invoiceId: it.invoice })).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("reversing a check removes its money from every invoice once", () => {
  const it = account(100_00, 20_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const check = pay(first, 115_00);
  it.do(check);
  it.do({ intent: "apply-credit", invoiceId: second });
  const reverse = { intent: "reverse", sourceId: check.id, why: "Bounced" } as const;
  expect(it.do({ ...reverse, why: "" })).toEqual({ ok: false, error: { kind: "no-reason" } });
  expect(it.do(reverse).ok).toBe(true);
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([0, 0, 0]);
  expect(it.do(reverse)).toEqual({ ok: false, error: { kind: "reversed" } });
});

test("a refund takes unapplied money first, then from the invoice, and never more than was received", () => {
  const it = one();
  const check = pay(it.invoice, 110_00);
  it.do(check);
  const refund = (amount: number) => it.do({ intent: "refund", id: newId("entry"), sourceId: check.id, amount: toCents(amount), why: "Paid twice", ...cash });
  expect(refund(110_01)).toEqual({ ok: false, error: { kind: "too-much", most: 110_00 } });
  refund(10_00);
  expect([it.applied(it.invoice), it.credit()]).toEqual([100_00, 0]);
  refund(40_00);
  expect([it.applied(it.invoice), it.credit()]).toEqual([60_00, 0]);
  expect(refund(60_01)).toEqual({ ok: false, error: { kind: "too-much", most: 60_00 } });
  expect(it.do({ intent: "reverse", sourceId: check.id, why: "Bounced" })).toEqual({ ok: false, error: { kind: "refunded" } });
});

test("the same refund or the same allocation submitted twice is one", () => {
  const it = one();
  const deposit = pay(null, 90_00);
  it.do(deposit);
  const back = { intent: "refund", id: newId("entry"), sourceId: deposit.id, amount: toCents(20_00), why: "Too much", ...cash } as const;
  const put = { intent: "allocate", id: newId("entry"), sourceId: deposit.id, invoiceId: it.invoice, amount: toCents(30_00) } as const;
  for (const command of [back, put]) {
    expect(it.do(command).ok).toBe(true);
    expect(it.do(command)).toEqual({ ok: false, error: { kind: "known" } });
  }
  expect([it.applied(it.invoice), it.credit()]).toEqual([30_00, 40_00]);
});

test("unapplied credit of every kind can be refunded; applied credit stays on its invoice", () => {
  const it = account(100_00, 30_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  it.do(pay(first, 100_00));
  const [note, goodwill] = [newId("entry"), newId("entry")];
  it.do({ intent: "credit-note", id: note, invoiceId: first, amount: toCents(50_00), why: "Wrong part" });
  it.do({ intent: "give-credit", id: goodwill, amount: toCents(10_00), why: "Late" });
  it.do({ intent: "allocate", id: newId("entry"), sourceId: note, invoiceId: second, amount: toCents(20_00) });
  const payOut = (sourceId: Id<"entry">, amount: number) =>
    it.do({ intent: "refund", id: newId("entry"), sourceId, amount: toCents(amount), why: "Wants a check", ...paid });
  expect(payOut(note, 30_01)).toEqual({ ok: false, error: { kind: "too-much", most: 30_00 } });
  expect(payOut(note, 30_00)).toMatchObject({ ok: true, value: [{ kind: "refund", amount: -30_00, method: "check", reference: "1041" }] });
  expect(payOut(note, 1)).toEqual({ ok: false, error: { kind: "too-much", most: 0 } });
  expect(payOut(goodwill, 10_00).ok).toBe(true);
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([100_00, 20_00, 0]);
  // It was partly refunded, so it can't be reversed.
  expect(it.do({ intent: "reverse", sourceId: note, why: "Wrong invoice" })).toEqual({ ok: false, error: { kind: "refunded" } });
});

test("undoing a reversal works once: the source counts again, on its own invoice first", () => {
  const it = account(100_00, 20_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const check = pay(first, 110_00);
  it.do(check);
  const again = { intent: "reinstate", sourceId: check.id, why: "The bank had mixed it up" } as const;
  expect(it.do(again)).toEqual({ ok: false, error: { kind: "counts" } });
  it.do({ intent: "reverse", sourceId: check.id, why: "Bounced" });
  it.do(pay(first, 70_00));
  expect(it.do({ ...again, why: "" })).toEqual({ ok: false, error: { kind: "no-reason" } });
  expect(it.do({ ...again, sourceId: newId("entry") })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(it.do(again)).toMatchObject({
    ok: true,
    value: [
      { kind: "reinstatement", amount: 110_00 },
      { kind: "allocation", amount: 30_00 },
    ],
  });
  expect(it.do(again)).toEqual({ ok: false, error: { kind: "counts" } });
  it.do({ intent: "apply-credit", invoiceId: second });
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([100_00, 20_00, 60_00]);
  expect(it.do({ intent: "reverse", sourceId: check.id, why: "It bounced after all" }).ok).toBe(true);
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([70_00, 0, 0]);
});

test("an undone reversal applies a credit note only up to its invoice and not to a void one; a void invoice's payment is credit", () => {
  const it = one();
  const [note, other] = [newId("entry"), newId("entry")];
  const write = (id: Id<"entry">, amount: number) => it.do({ intent: "credit-note", id, invoiceId: it.invoice, amount: toCents(amount), why: "Wrong part" });
  write(note, 60_00);
  it.do({ intent: "reverse", sourceId: note, why: "Meant for another" });
  write(other, 50_00);
  const again = { intent: "reinstate", sourceId: note, why: "No, this one" } as const;
  expect(it.do(again)).toEqual({ ok: false, error: { kind: "too-much", most: 50_00 } });
  it.do({ intent: "reverse", sourceId: other, why: "Written twice" });
  const check = pay(it.invoice, 5_00);
  it.do(check);
  it.do({ intent: "reverse", sourceId: check.id, why: "Bounced" });
  it.invoices.set(it.invoice, { state: "void", number: 1001, total: toCents(100_00), dueAt: null });
  expect(it.do(again)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: "This invoice is void." } });
  expect(it.do({ ...again, sourceId: check.id }).ok).toBe(true);
  expect([it.applied(it.invoice), it.credit()]).toEqual([0, 5_00]);
});

test("credit notes lower the balance first, then become credit, and never exceed the invoice", () => {
  const it = one();
  it.do(pay(it.invoice, 80_00));
  const note = (amount: number) => it.do({ intent: "credit-note", id: newId("entry"), invoiceId: it.invoice, amount: toCents(amount), why: "Wrong part" });
  note(50_00);
  expect([it.applied(it.invoice), it.credit()]).toEqual([100_00, 30_00]);
  expect(note(50_01)).toEqual({ ok: false, error: { kind: "too-much", most: 50_00 } });
});

test("a credit note that was reversed no longer counts", () => {
  const it = one();
  const note = (amount: number, id = newId("entry")) => it.do({ intent: "credit-note", id, invoiceId: it.invoice, amount: toCents(amount), why: "Wrong part" });
  const wrong = newId("entry");
  note(90_00, wrong);
  it.do({ intent: "reverse", sourceId: wrong, why: "Wrong invoice" });
  expect(it.applied(it.invoice)).toBe(0);
  expect(note(100_00).ok).toBe(true);
});

test("a credit note can't be unapplied from its own invoice, only reversed, and blocks voiding until then", () => {
  const it = account(100_00, 60_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const invoiceRow = (id: Id<"invoice">) => ({ id, state: "issued" as const, total: toCents(100_00), applied: it.applied(id), dueAt: null });
  const check = pay(first, 100_00);
  it.do(check);
  const note = newId("entry");
  it.do({ intent: "credit-note", id: note, invoiceId: first, amount: toCents(40_00), why: "Wrong part" });
  it.do({ intent: "reverse", sourceId: check.id, why: "Bounced" });
  // Nothing is applied to the invoice anymore, but the note is still credit.
  expect([it.applied(first), it.credit()]).toEqual([0, 40_00]);
  expect(canVoid(it.entries(), invoiceRow(first), now)).toMatch(/^Reverse its credit note first/);
  // On other invoices it can be unapplied like any credit.
  const release = (invoiceId: Id<"invoice">) => it.do({ intent: "release", sourceId: note, invoiceId, why: "Meant for another" });
  it.do({ intent: "apply-credit", invoiceId: second });
  expect(release(second).ok).toBe(true);
  it.do({ intent: "apply-credit", invoiceId: first });
  expect(release(first)).toMatchObject({ ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/Reverse it instead/) } });
  it.do({ intent: "reverse", sourceId: note, why: "Wrong invoice" });
  expect([canVoid(it.entries(), invoiceRow(first), now), it.credit()]).toEqual([true, 0]);
});

test("a used id is known only for the identical command; a different one is refused", () => {
  const it = one();
  const deposit = pay(null, 1_00);
  it.do(deposit);
  const others: LedgerCommand[] = [
    { ...deposit, amount: toCents(5_00) },
    { ...deposit, method: "cash" },
    { ...deposit, reference: "1042" },
    { ...deposit, day: "2030-03-02" },
    { ...deposit, on: [{ invoiceId: it.invoice, amount: null }] },
    { intent: "give-credit", id: deposit.id, amount: toCents(1_00), why: "Late" },
    { intent: "credit-note", id: deposit.id, invoiceId: it.invoice, amount: toCents(1_00), why: "Late" },
    { intent: "allocate", id: deposit.id, sourceId: deposit.id, invoiceId: it.invoice, amount: toCents(1_00) },
    { intent: "refund", id: deposit.id, sourceId: deposit.id, amount: toCents(1_00), why: "Asked", ...paid },
  ];
  for (const other of others) expect({ other, error: it.do(other) }).toEqual({ other, error: { ok: false, error: { kind: "id-taken" } } });
  expect(it.do(deposit)).toEqual({ ok: false, error: { kind: "known" } });
  expect(it.entries()).toHaveLength(1);
});

test("refunding a payment on two invoices reopens the one it was applied to last", () => {
  const it = account(100_00, 20_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const check = pay(first, 120_00);
  it.do(check);
  it.do({ intent: "apply-credit", invoiceId: second });
  it.do({ intent: "refund", id: newId("entry"), sourceId: check.id, amount: toCents(25_00), why: "Paid too much", ...cash });
  expect([it.applied(first), it.applied(second)]).toEqual([95_00, 0]);
});

test("unapplied money is credit again", () => {
  const it = one();
  const check = pay(it.invoice, 60_00);
  it.do(check);
  const release = { intent: "release", sourceId: check.id, invoiceId: it.invoice, why: "Meant for another" } as const;
  it.do(release);
  expect([it.applied(it.invoice), it.credit()]).toEqual([0, 60_00]);
  expect(it.do(release)).toEqual({ ok: false, error: { kind: "not-found" } });
});

// A naive model in exact arithmetic: what each source has on each invoice.
type Source = {
  id: Id<"entry">;
  kind: "payment" | "credit" | "credit-note";
  for: number;
  worth: bigint;
  refunded: bigint;
  living: boolean;
  on: bigint[];
  order: number[];
  /** The invoices that a payment over several was recorded on. */
  first: (readonly [number, bigint])[];
  corrected: boolean;
};
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);

const step = fc.record({
  what: fc.constantFrom(
    "issue",
    "pay",
    "deposit",
    "credit",
    "note",
    "allocate",
    "apply",
    "release",
    "refund",
    "reverse",
    "reinstate",
    "void",
    "spread",
    "correct",
    "remove",
    "correct-refund",
    "remove-refund",
  ),
  invoice: fc.nat(3),
  source: fc.nat(6),
  amount: fc.oneof(fc.integer({ min: -2, max: 300 }), fc.integer({ min: 1, max: 40_000 })),
});

test("on random accounts every balance equals the naive model's, and all sums add up", () => {
  let cases = 0;
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 5, maxLength: 60, size: "max" }),
      fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 4, maxLength: 4 }),
      (steps, totals) => {
        const it = account(...totals);
        for (const id of it.ids) it.invoices.set(id, { state: "draft", number: 1001, total: toCents(totals[it.ids.indexOf(id)] ?? 0), dueAt: null });
        const states = totals.map(() => "draft");
        const sources: Source[] = [];
        const worth = totals.map(BigInt);
        const free = (s: Source) => (s.living ? s.worth - s.refunded - total(s.on) : 0n);
        const applied = (n: number) => total(sources.map((s) => s.on[n] ?? 0n));
        const balance = (n: number) => (worth[n] ?? 0n) - applied(n);
        const notes = (n: number) => total(sources.filter((s) => s.kind === "credit-note" && s.for === n && s.living).map((s) => s.worth));
        const balanceOf = (n: number) => ({ state: states[n] as "issued", total: toCents(totals[n] ?? 0), applied: toCents(Number(applied(n))), dueAt: null }); // one of the three states
        const put = (s: Source, n: number, amount: bigint) => {
          if (amount <= 0n) return;
          if ((s.on[n] ?? 0n) === 0n && !s.order.includes(n)) s.order.push(n);
          s.on[n] = (s.on[n] ?? 0n) + amount;
        };
        const add = (id: Id<"entry">, kind: Source["kind"], about: number, amount: bigint): Source => {
          const s: Source = { id, kind, for: about, worth: amount, refunded: 0n, living: true, on: [0n, 0n, 0n, 0n], order: [], first: [], corrected: false };
          sources.push(s);
          return s;
        };
        const least = (a: bigint, b: bigint) => (a < b ? a : b);
        const refunds: { id: Id<"entry">; of: Source; amount: bigint; taken: [number, bigint][]; corrected: boolean }[] = [];
        const refund = (s: Source, id: Id<"entry">, amount: bigint) => {
          const taken: [number, bigint][] = [];
          let missing = amount - free(s);
          for (const at of [...s.order].reverse()) {
            const back = missing <= 0n ? 0n : least(s.on[at] ?? 0n, missing);
            s.on[at] = (s.on[at] ?? 0n) - back;
            missing -= back;
            if (back > 0n) taken.unshift([at, back]);
          }
          s.refunded += amount;
          refunds.push({ id, of: s, amount, taken, corrected: false });
        };
        const putInTurn = (s: Source, wanted: readonly (readonly [number, bigint])[]) => {
          for (const [at, amount] of wanted) if (states[at] === "issued") put(s, at, least(amount, least(free(s), balance(at))));
        };
        const takeBack = (it: (typeof refunds)[number]) => {
          it.corrected = true;
          it.of.refunded -= it.amount;
          putInTurn(it.of, it.taken);
        };

        for (const { what, invoice: n, source, amount } of steps) {
          cases++;
          const invoiceId = it.ids[n] as Id<"invoice">; // four are made, and n is below four
          const exact = BigInt(amount);
          const picked = sources[source];
          const id = newId("entry");
          const money = { amount: toCents(amount), why: "why" };
          const sourceId = picked?.id ?? newId("entry");
          const isOpen = states[n] === "issued" && balance(n) > 0n;
          let legal: boolean;
          let done: { ok: boolean };
          switch (what) {
            case "issue":
              if (states[n] === "draft") states[n] = "issued";
              it.invoices.set(invoiceId, { state: states[n] as "issued", number: 1001, total: toCents(totals[n] ?? 0), dueAt: null }); // one of the three states
              continue;
            case "void":
              legal = states[n] === "issued" && applied(n) === 0n && notes(n) === 0n;
              expect({ what, ok: canVoid(it.entries(), { id: invoiceId, ...balanceOf(n) }, now) === true }).toEqual({ what, ok: legal });
              if (legal) states[n] = "void";
              it.invoices.set(invoiceId, { state: states[n] as "void", number: 1001, total: toCents(totals[n] ?? 0), dueAt: null }); // one of the three states
              continue;
            case "pay":
              legal = exact > 0n && isOpen;
              done = confirm(it, pay(invoiceId, amount, id));
              if (legal) put(add(id, "payment", n, exact), n, least(exact, balance(n)));
              break;
            case "deposit":
              legal = exact > 0n;
              done = confirm(it, pay(null, amount, id));
              if (legal) add(id, "payment", -1, exact);
              break;
            case "credit":
              legal = exact > 0n;
              done = it.do({ intent: "give-credit", id, ...money });
              if (legal) add(id, "credit", -1, exact);
              break;
            case "note": {
              legal = exact > 0n && states[n] === "issued" && notes(n) + exact <= (worth[n] ?? 0n);
              done = it.do({ intent: "credit-note", id, invoiceId, ...money });
              if (legal) put(add(id, "credit-note", n, exact), n, least(exact, balance(n)));
              break;
            }
            case "allocate":
              legal = exact > 0n && picked !== undefined && picked.living && isOpen && exact <= free(picked) && exact <= balance(n);
              done = it.do({ intent: "allocate", id: newId("entry"), sourceId, invoiceId, amount: toCents(amount) });
              if (legal && picked) put(picked, n, exact);
              break;
            case "apply":
              legal = isOpen && sources.some((s) => free(s) > 0n);
              done = it.do({ intent: "apply-credit", invoiceId });
              if (legal) for (const s of sources) put(s, n, least(free(s), balance(n)));
              break;
            case "release":
              legal = (picked?.on[n] ?? 0n) > 0n && !(picked?.kind === "credit-note" && picked.for === n);
              done = it.do({ intent: "release", sourceId, invoiceId, why: "why" });
              if (legal && picked) picked.on[n] = 0n;
              break;
            case "refund": {
              legal =
                exact > 0n && picked !== undefined && picked.living && exact <= (picked.kind === "payment" ? picked.worth - picked.refunded : free(picked));
              done = confirm(it, { intent: "refund", id, sourceId, ...money, ...cash });
              if (legal && picked) refund(picked, id, exact);
              break;
            }
            case "spread": {
              const two = [n, (n + 1) % 4].map((at) => ({ at, invoiceId: it.ids[at] as Id<"invoice"> })); // four are made
              const open = two.every(({ at }) => states[at] === "issued" && balance(at) > 0n);
              legal = exact > 0n && open;
              done = confirm(it, { intent: "pay", id, on: two.map((one) => ({ invoiceId: one.invoiceId, amount: null })), amount: toCents(amount), ...paid });
              if (!legal) break;
              const s = add(id, "payment", -1, exact);
              putInTurn(
                s,
                two.map(({ at }) => [at, exact] as const),
              );
              s.first = two.map(({ at }) => [at, s.on[at] ?? 0n] as const);
              break;
            }
            case "correct":
            case "remove": {
              const removes = what === "remove";
              legal = (removes || exact > 0n) && picked?.kind === "payment" && picked.living && picked.refunded === 0n;
              done = confirm(
                it,
                removes ? { intent: "remove", entryId: sourceId, why: "why" } : { intent: "correct", id, entryId: sourceId, ...money, ...paid },
              );
              if (!legal || !picked) break;
              const was = picked.order.map((at) => [at, picked.on[at] ?? 0n] as const).filter(([, there]) => there > 0n);
              const more = exact - picked.worth;
              const wanted = [...was, ...(free(picked) > 0n || more <= 0n ? [] : was.map(([at]) => [at, more] as const))];
              Object.assign(picked, { living: false, corrected: true, on: [0n, 0n, 0n, 0n] });
              if (removes) break;
              putInTurn(add(id, "payment", picked.for, exact), wanted);
              break;
            }
            case "correct-refund":
            case "remove-refund": {
              const wrong = refunds[source % Math.max(1, refunds.length)];
              const removes = what === "remove-refund";
              const most = !wrong ? 0n : wrong.of.kind === "payment" ? wrong.of.worth - wrong.of.refunded + wrong.amount : free(wrong.of) + wrong.amount;
              legal = wrong !== undefined && !wrong.corrected && wrong.of.living && (removes || (exact > 0n && exact <= most));
              const entryId = wrong?.id ?? newId("entry");
              done = confirm(it, removes ? { intent: "remove", entryId, why: "why" } : { intent: "correct", id, entryId, ...money, ...cash });
              if (!legal || !wrong) break;
              takeBack(wrong);
              if (!removes) refund(wrong.of, id, exact);
              break;
            }
            case "reverse":
              legal = picked?.living === true && picked.refunded === 0n;
              done = it.do({ intent: "reverse", sourceId, why: "why" });
              if (legal && picked) Object.assign(picked, { living: false, on: [0n, 0n, 0n, 0n] });
              break;
            case "reinstate": {
              const about = picked?.for ?? -1;
              const fits = picked?.kind !== "credit-note" || (states[about] === "issued" && notes(about) + picked.worth <= (worth[about] ?? 0n));
              legal = picked?.living === false && !picked.corrected && fits;
              done = it.do({ intent: "reinstate", sourceId, why: "why" });
              if (!legal || !picked) break;
              picked.living = true;
              putInTurn(picked, about < 0 ? picked.first : [[about, picked.worth]]);
              break;
            }
          }
          if (done.ok) accepted++;
          expect({ what, ok: done.ok }).toEqual({ what, ok: legal });
          it.ids.forEach((one, at) => {
            expect(BigInt(it.applied(one))).toBe(applied(at));
            expect(balance(at) >= 0n && applied(at) >= 0n).toBe(true);
          });
          for (const s of sources) {
            expect(BigInt(freeOf(it.entries(), s.id))).toBe(free(s));
            expect(free(s) >= 0n).toBe(true);
          }
          // A void invoice has no credit notes, because its orders are charged again elsewhere.
          for (const [n, state] of states.entries()) if (state === "void") expect(notes(n)).toBe(0n);
          // Money in less money out is either applied or credit.
          const kept = total(sources.map((s) => (s.living ? s.worth - s.refunded : 0n)));
          expect(kept).toBe(total(totals.map((_, at) => applied(at))) + BigInt(it.credit()));
        }
      },
    ),
    { numRuns: 400, seed: 20_260 },
  );
  console.info(`ledger: ${cases} commands on 400 random accounts, ${accepted} accepted, each compared with the naive model`);
  expect(accepted).toBeGreaterThan(1_000);
});

test("one check over several invoices: named amounts, then the rest in order, and what is left over is credit", () => {
  const it = account(100_00, 50_00, 30_00);
  const [first, second, third] = it.ids as [Id<"invoice">, Id<"invoice">, Id<"invoice">];
  const on = (...shares: [Id<"invoice">, number | null][]) =>
    shares.map(([invoiceId, amount]) => ({ invoiceId, amount: amount === null ? null : toCents(amount) }));
  const command = (amount: number, shares: ReturnType<typeof on>) => ({ ...pay(null, amount), on: shares });
  expect(it.do(command(100_00, on([first, 60_00], [second, 50_00])))).toEqual({
    ok: false,
    error: { kind: "over-allocated", allocated: 110_00, amount: 100_00 },
  });
  expect(it.do(command(200_00, on([first, 100_01], [second, null])))).toEqual({
    ok: false,
    error: { kind: "too-much-on", invoiceId: first, number: 1001, most: 100_00 },
  });
  const check = command(120_00, on([first, null], [second, null], [third, 30_00]));
  expect(it.do(check).ok).toBe(true);
  expect([it.applied(first), it.applied(second), it.applied(third), it.credit()]).toEqual([90_00, 0, 30_00, 0]);
  expect(it.do(check)).toEqual({ ok: false, error: { kind: "known" } });
  expect(it.do({ ...check, on: on([first, null], [second, null], [third, 20_00]) })).toEqual({ ok: false, error: { kind: "id-taken" } });
  expect(it.do(command(5_00, on([second, null], [third, null])))).toMatchObject({ ok: false, error: { message: "INV-1003: This invoice is paid in full." } });
  it.do(command(70_00, on([first, null], [second, null])));
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([100_00, 50_00, 10_00]);
});

test("a bounced check over two invoices that cleared after all is on both again", () => {
  const it = account(100_00, 50_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const check = { ...pay(null, 120_00), on: it.ids.map((invoiceId) => ({ invoiceId, amount: null })) };
  it.do(check);
  it.do({ intent: "reverse", sourceId: check.id, why: "Bounced" });
  expect([it.applied(first), it.applied(second)]).toEqual([0, 0]);
  it.do({ intent: "reinstate", sourceId: check.id, why: "Cleared" });
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([100_00, 20_00, 0]);
});

test("a mistyped payment is put right on the same invoice, and its correction can't be undone", () => {
  const it = one();
  const check = pay(it.invoice, 10_00);
  it.do(check);
  const right = { intent: "correct", id: newId("entry"), entryId: check.id, why: "Typed 10 for 100", ...paid, amount: toCents(100_00) } as const;
  expect(it.do({ ...right, why: "" })).toEqual({ ok: false, error: { kind: "no-reason" } });
  expect(it.do(right)).toMatchObject({
    ok: true,
    value: [
      { kind: "release" },
      { kind: "correction", amount: -10_00, corrects: check.id, day: paid.day },
      { kind: "payment", amount: 100_00 },
      { kind: "allocation" },
    ],
  });
  expect([it.applied(it.invoice), it.credit()]).toEqual([100_00, 0]);
  expect(it.do(right)).toEqual({ ok: false, error: { kind: "known" } });
  expect(it.do({ ...right, id: newId("entry") })).toEqual({ ok: false, error: { kind: "reversed" } });
  expect(it.do({ intent: "reinstate", sourceId: check.id, why: "No" })).toEqual({ ok: false, error: { kind: "counts" } });
  it.do({ intent: "remove", entryId: right.id, why: "Never came" });
  expect([it.applied(it.invoice), it.credit()]).toEqual([0, 0]);
});

test("a mistyped refund is put right: what it had reopened is paid again, as far as the right amount leaves it", () => {
  const it = one();
  const check = pay(it.invoice, 100_00);
  it.do(check);
  const refund = newId("entry");
  it.do({ intent: "refund", id: refund, sourceId: check.id, amount: toCents(60_00), why: "Paid twice", ...cash });
  expect(it.applied(it.invoice)).toBe(40_00);
  expect(it.do({ intent: "correct", id: newId("entry"), entryId: check.id, why: "No", ...paid, amount: toCents(90_00) })).toEqual({
    ok: false,
    error: { kind: "refunded" },
  });
  it.do({ intent: "correct", id: newId("entry"), entryId: refund, why: "Typed 60 for 6", ...cash, amount: toCents(6_00) });
  expect([it.applied(it.invoice), it.credit()]).toEqual([94_00, 0]);
});

test("a deposit pays the invoices with work of its estimate, and no other", () => {
  const it = account(100_00, 80_00);
  const [first, second] = it.ids as [Id<"invoice">, Id<"invoice">];
  const [estimate, other] = [newId("estimate"), newId("estimate")];
  it.do({ ...pay(null, 130_00), forEstimate: estimate });
  it.do(pay(null, 500_00));
  const issue = (invoiceId: Id<"invoice">, ...estimates: Id<"estimate">[]) => it.do({ intent: "apply-deposits", invoiceId, estimates });
  expect(issue(first, other)).toEqual({ ok: false, error: { kind: "no-credit" } });
  issue(first, other, estimate);
  issue(second, estimate);
  expect([it.applied(first), it.applied(second), it.credit()]).toEqual([100_00, 30_00, 500_00]);
});

test.each(["allocate", "apply-credit", "apply-deposits"] as const)("%s leaves what of a source is reserved", (intent) => {
  const invoiceId = newId("invoice");
  const [sourceId, forEstimate] = [newId("entry"), newId("estimate")];
  const invoices = new Map([[invoiceId, { state: "issued" as const, number: 1001, total: toCents(100_00), dueAt: null }]]);
  const nothing = { entries: [], invoices, firstDay: null };
  const deposit = { intent: "pay", id: sourceId, on: [], forEstimate, amount: toCents(80_00), ...cash } as const;
  const when = { now, today: "2030-03-01" };
  const paidIn = decideLedger(nothing, deposit, when, () => newId("entry"));
  const account = { ...nothing, entries: paidIn.ok ? paidIn.value : [], reserved: new Map([[sourceId, toCents(50_00)]]) };
  const commands = {
    allocate: { intent: "allocate", id: newId("entry"), sourceId, invoiceId, amount: toCents(40_00) },
    "apply-credit": { intent: "apply-credit", invoiceId },
    "apply-deposits": { intent: "apply-deposits", invoiceId, estimates: [forEstimate] },
  } as const;
  const decided = decideLedger(account, commands[intent], when, () => newId("entry"));
  if (intent === "allocate") expect(decided).toEqual({ ok: false, error: { kind: "too-much", most: 30_00 } });
  else expect(decided).toMatchObject({ ok: true, value: [{ amount: 30_00, invoiceId }] });
});
