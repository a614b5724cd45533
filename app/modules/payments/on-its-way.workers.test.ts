import { eq } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, later, MINUTE } from "~/kernel/time";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { staffNotices } from "~/modules/notifications/notification.tables";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { readAccount } from "~/queries/staff/account.server";
import { approvedOrder } from "../../../tests/world/accounts";
import { pagesOf } from "../../../tests/world/pages";
import { beginning, connectedShop, type PayingShop } from "../../../tests/world/payments";
import { atSquare } from "../../../tests/world/square";
import { sweep, sweepLatePayments } from "../../../workers/background";
import { applyPayment } from "./apply-payment.server";
import { beginCheckout } from "./checkouts/begin-checkout.server";
import { endWait } from "./checkouts/end-wait.server";
import { voidInvoice } from "./checkouts/void-invoice.server";
import { readPendingFor, readPendingOn } from "./payment.read.server";
import { disconnectSquare } from "./square/connect-square.server";
import type { SquarePayment } from "./square/square";

type Status = "PENDING" | "COMPLETED" | "FAILED";

/** A shop on April 10, 2030, when its invoices are ten days late. */
async function shop(totals: readonly number[]) {
  const its = await connectedShop(totals, "USD");
  const { clock } = its.world;
  clock.pass(Date.parse("2030-04-10T00:30:00Z") - clock.now());
  /** What Square reports of a payment, by the shop's clock instead of the stand-in's. */
  const seen = new Map<string, SquarePayment>();
  async function report(id: string, status: Status, createdAt = clock.now()) {
    const read = seen.has(id) ? null : await its.client.payment(id);
    const payment = seen.get(id) ?? (read?.ok ? read.value : null) ?? expect.fail("no payment");
    seen.set(id, payment);
    return applyPayment(its.needs, { ...payment, status, createdAt, updatedAt: clock.now() });
  }
  /** A bank transfer that is on its way for these amounts on the invoices in order. */
  async function transfer(amounts: readonly number[], forEstimate: Id<"estimate"> | null = null) {
    const begin = beginning(its, its.invoices, amounts, 10_00, "bank");
    const wanted = forEstimate ? { ...begin.wanted, on: [], forEstimate } : begin.wanted;
    const begun = await beginCheckout(its.services, its.square, { ...begin, wanted });
    if (!begun.ok) throw new Error(begun.error.kind);
    const { intent } = begun.value;
    const pay = () => atSquare<{ id: string }>({ do: "pay-invoice", invoice: intent.linkId ?? "" });
    const { id } = await pay();
    expect(await report(id, "PENDING")).toBe("waiting");
    return { id, intent: intent.id, pay };
  }
  return { ...its, report, transfer };
}

/** Pages without scripts, of the owner and of a contact of the customer. */
async function browser(its: PayingShop) {
  const pages = await pagesOf(its.world.context);
  const email = `renee@${its.shop.id.slice(-8)}.test`;
  await addContact(its.staff, { customerId: its.customer.id, name: "Renee", email });
  await its.world.drainOutbox(its.shop);
  const both = await Promise.all([its.shop.session(its.shop.ownerEmail, "staff"), its.shop.session(email, "customer")]);
  const headers = { Cookie: both.map(({ cookie }) => cookie).join("; "), "Sec-Fetch-Site": "same-origin" };
  const textOf = async (response: Response) =>
    (await response.text())
      .replace(/<script[\s\S]*?<\/script>/g, "")
      .replace(/<!-- -->/g, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .replaceAll("&#x27;", "'");
  const fetched = (path: string, init: RequestInit = {}) => pages(new Request(`http://localhost${path}`, { headers, ...init }));
  const file = async (path: string) => new Uint8Array(await (await fetched(path)).arrayBuffer());
  return {
    file,
    get: async (path: string) => textOf(await fetched(path)),
    pdf: async (path: string) => (await extractText(await file(path), { mergePages: true })).text,
    post: async (path: string, form: Record<string, string>) => textOf(await fetched(path, { method: "POST", body: new URLSearchParams(form) })),
  };
}

const accountOf = ({ staff, customer, world }: PayingShop) => readAccount(staff.db, customer.id, { now: world.clock.now(), before: null });

test("money on its way is written wherever its balance is, and what it pays is not pressed for", async () => {
  const its = await shop([500_00, 200_00]);
  await its.transfer([500_00]);
  const { get, pdf } = await browser(its);
  const [first, second] = its.invoices;
  const customer = `/customers/${its.customer.id}`;
  const coming = /\$500\.00 is on its way, expected (17 Apr 2030|Apr 17, 2030)/;
  for (const path of ["/invoices", customer, `${customer}/account`, `/invoices/${first}`, `${customer}/statement`])
    expect(await get(path), path).toMatch(coming);
  for (const path of ["/portal/invoices", `/portal/invoices/${first}`, "/portal/statement", "/portal/pay"]) expect(await get(path), path).toMatch(coming);
  expect(await get("/invoices/balances")).toContain("$500.00 is on its way");
  for (const path of [`${customer}/statement/pdf`, "/portal/statement/pdf", `/invoices/${first}/pdf`, `/portal/invoices/${first}/pdf`])
    expect(await pdf(path), path).toMatch(coming);
  expect(await pdf(`/invoices/${second}/pdf`)).not.toContain("on its way");
  expect(await get(`/invoices/${first}`)).toContain("A payment recorded now comes on top of it.");
  // Neither the shop nor the customer is asked to do anything about it.
  for (const path of ["/", "/portal"]) {
    const page = await get(path);
    expect(page, path).toContain("INV-2");
    expect(page, path).not.toContain("INV-1");
  }
  its.world.clock.pass(14 * DAY);
  const later = await browser(its);
  expect(await later.get("/")).toContain("INV-1");
  expect(await later.get(`/invoices/${first}`)).toMatch(/was expected (17 Apr 2030|Apr 17, 2030) Square has no news of it\./);
});

test("money on its way is in the spreadsheets of the shop and in the customer's export, beside its balance and in no sum of what came in", async () => {
  const its = await shop([500_00, 200_00]);
  await its.transfer([500_00]);
  const { get, file } = await browser(its);
  const rows = async (path: string) => (await get(path)).split(/(?=INV-|2030-)/);
  expect(await get("/invoices.csv")).toMatch(/Balance due,On its way,Expected,Currency/);
  expect(await rows("/invoices.csv")).toEqual(expect.arrayContaining([expect.stringMatching(/500\.00,0\.00,500\.00,500\.00,$/)]));
  expect(await get("/invoices/balances.csv")).toMatch(/Balance due,On its way .*,700\.00,500\.00/);
  expect(await get("/settings/payments.csv?from=2030-04-01&through=2030-04-30")).toMatch(/2030-04-17,0,0\.00,0\.00,0\.00,0\.00,0,0\.00,500\.00/);
  expect(await get("/settings/payments.csv?from=2030-04-18&through=2030-04-30")).not.toContain("500.00");
  const exported = unzipSync(await file("/portal/export.zip"));
  const [, first, second] = strFromU8(exported["invoices.csv"] ?? new Uint8Array()).split("\r\n");
  expect(first).toMatch(/500\.00,0\.00,500\.00,2030-04-17,/);
  expect(second).toMatch(/200\.00,0\.00,,,/);
});

test("reminders pass over an invoice while its money is on its way, also one that was to leave already, and go on when it does not come", async () => {
  const its = await shop([500_00, 200_00]);
  await changeShopRules(its.staff, { seen: 0, rules: { ...firstRules, remindLate: "weekly" } });
  const { clock, env } = its.world;
  const pass = () => sweep(env, { waitUntil: () => {}, passThroughOnException: () => {} } as unknown as ExecutionContext, clock);
  const reminders = async () => {
    await its.world.drainOutbox(its.shop);
    const mails = (await its.world.mail(its.customer.email)).filter(({ subject }) => subject.startsWith("Reminder"));
    return mails.map(({ subject }) => /INV-\d/.exec(subject)?.[0]).toSorted();
  };
  await pass();
  const { id } = await its.transfer([500_00]);
  expect(await reminders()).toEqual(["INV-2"]);
  clock.pass(7 * DAY);
  await pass();
  expect(await reminders()).toEqual(["INV-2", "INV-2"]);
  clock.pass(MINUTE);
  expect(await its.report(id, "FAILED")).toBe("failed");
  await pass();
  expect(await reminders()).toEqual(["INV-1", "INV-2", "INV-2"]);
});

test("once money is five days late, the office is asked about it once, in the bell and on Today, until it arrives or nobody waits any more", async () => {
  const its = await shop([500_00, 200_00]);
  const { id } = await its.transfer([500_00]);
  const ask = async () => {
    await sweepLatePayments(its.world.env, its.world.context.platform);
    await its.world.drainOutbox(its.shop);
  };
  const { clock } = its.world;
  const asked = async () => {
    const { get } = await browser(its);
    const notices = await its.staff.db.query({
      from: staffNotices,
      columns: { title: staffNotices.title },
      where: eq(staffNotices.event, "payment.late"),
      limit: 9,
    });
    return {
      notices: notices.length,
      bell: (await get("/notices")).includes("A bank transfer of $500.00"),
      today: (await get("/")).includes("Late bank transfers"),
    };
  };
  clock.pass(12 * DAY);
  await ask();
  expect(await asked()).toEqual({ notices: 0, bell: false, today: false });
  clock.pass(DAY);
  await ask();
  await ask();
  clock.pass(DAY);
  await ask();
  expect(await asked()).toEqual({ notices: 1, bell: true, today: true });
  expect(await (await browser(its)).get("/settings/payments")).toContain("Stop waiting");
  expect(await its.report(id, "COMPLETED")).toBe("applied");
  expect(await asked()).toEqual({ notices: 1, bell: true, today: false });
});

test("a second transfer on the same page is expected on a day of its own", async () => {
  const its = await shop([500_00]);
  const { id, pay } = await its.transfer([500_00]);
  const on = async () => (await readPendingOn(its.services.db, its.invoices[0] as Id<"invoice">))?.expectedDay;
  expect(await on()).toBe("2030-04-17");
  await atSquare({ do: "settle", merchant: its.merchant, payment: id, as: "FAILED" });
  const second = await pay();
  its.world.clock.pass(5 * DAY);
  // Reported before the first one's failure.
  expect(await its.report(second.id, "PENDING")).toBe("waiting");
  expect(await on()).toBe("2030-04-22");
  expect(await its.report(id, "FAILED")).toBe("failed");
  expect(await on()).toBe("2030-04-22");
});

test("once Square can't be asked, staff end the wait with a reason; the invoice can be voided, and money that Square reports later is credit", async () => {
  const its = await shop([500_00, 200_00]);
  const { id, intent } = await its.transfer([500_00]);
  const { get, post } = await browser(its);
  const settings = "/settings/payments";
  const form = { intent: "end-wait", row: "payment", payment: intent, why: "Found nothing in the dashboard" };
  expect(await get(settings)).not.toContain("Stop waiting");
  expect(await post(settings, form)).toContain("Square knows of this payment and still expects it.");
  expect(await disconnectSquare(its.staff)).toMatchObject({ ok: true });
  expect(await get(settings)).toMatch(/INV-1, expected .*Square can't be asked: its account Shop isn't connected any more.*Stop waiting/);
  expect(await get(`/invoices/${its.invoices[0]}`)).toContain("Square can't be asked about it");
  expect(await voidInvoice(its.staff, its.invoices[0] as Id<"invoice">, "By mistake")).toMatchObject({ ok: false });
  expect(await post(settings, { ...form, why: " " })).toContain("Enter a reason");
  expect(await post(settings, form)).toContain("$500.00 is no longer awaited.");
  expect(await post(settings, form)).toContain("not on its way any more");
  expect(await get("/settings/journal")).toContain("Payment on its way no longer awaited: Found nothing in the dashboard");
  expect(await voidInvoice(its.staff, its.invoices[0] as Id<"invoice">, "By mistake")).toMatchObject({ ok: true });
  its.world.clock.pass(DAY);
  expect(await its.report(id, "COMPLETED")).toBe("applied");
  expect(await accountOf(its)).toMatchObject({ owed: 200_00, credit: 500_00 });
});

test("a wait that was ended begins again when Square reports that the money is still on its way", async () => {
  const its = await shop([500_00]);
  const { id, intent } = await its.transfer([500_00]);
  its.world.clock.pass(20 * DAY);
  expect(await endWait(its.staff, intent, "Late")).toMatchObject({ ok: true });
  expect(await its.report(id, "PENDING", later(its.world.clock.now(), -20 * DAY))).toBe("waiting");
  expect(await readPendingOn(its.services.db, its.invoices[0] as Id<"invoice">)).toMatchObject({ amount: 500_00 });
});

test.each([
  ["a credit note", { intent: "credit-note" as const, why: "Goodwill" }],
  ["cash", { intent: "pay" as const, method: "cash" as const, reference: null, day: "2030-04-10" }],
])("%s for an invoice whose money is on its way leaves the transfer as credit, and the office is notified", async (_, { intent, ...more }) => {
  const its = await shop([500_00]);
  const { id } = await its.transfer([500_00]);
  const [invoiceId] = its.invoices as [Id<"invoice">];
  const amount = toCents(500_00);
  const entry = { id: newId("entry"), amount, ...more };
  const command = intent === "pay" ? { ...entry, intent, on: [{ invoiceId, amount }] } : { ...entry, intent, invoiceId };
  expect(await changeAccount(its.staff, its.customer.id, command as Parameters<typeof changeAccount>[2])).toMatchObject({ ok: true });
  its.world.clock.pass(DAY);
  expect(await its.report(id, "COMPLETED")).toBe("applied");
  await its.world.drainOutbox(its.shop);
  expect(await accountOf(its)).toMatchObject({ owed: 0, credit: 500_00 });
  const mails = await its.world.mail(its.shop.ownerEmail);
  expect(mails.map(({ text }) => text).join("\n")).toContain("$500.00 was more than was open");
});

test("a deposit by bank transfer is on its way on the estimate's pages, is not asked for again, and is a deposit once it arrives", async () => {
  const its = await shop([500_00]);
  const { estimate } = await approvedOrder({ ...its } as never, { Hose: 900_00 }, 150_00);
  const { id } = await its.transfer([150_00], estimate);
  const { get } = await browser(its);
  expect(await readPendingFor(its.services.db, estimate)).toMatchObject({ amount: 150_00 });
  expect(await get(`/estimates/${estimate}`)).toMatch(/\$150\.00 is on its way, expected/);
  const portal = await get(`/portal/estimates/${estimate}`);
  expect(portal).toMatch(/\$150\.00 is on its way, expected/);
  expect(portal).not.toContain("Pay now");
  its.world.clock.pass(DAY);
  expect(await its.report(id, "COMPLETED")).toBe("applied");
  expect(await get(`/portal/estimates/${estimate}`)).toContain("Deposit of $150.00 received.");
});
