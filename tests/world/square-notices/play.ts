import { eq } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { DAY, HOUR, MINUTE, toUtcMs } from "~/kernel/time";
import { invoices as invoiceTable, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { beginCheckout } from "~/modules/payments/checkouts/begin-checkout.server";
import { intentStore } from "~/modules/payments/checkouts/intent.store.server";
import { entryIdOf } from "~/modules/payments/entry-id.server";
import { refundRequests, squareEvents } from "~/modules/payments/payment.tables";
import { reconcile } from "~/modules/payments/reconcile.server";
import { askRefund } from "~/modules/payments/refunds/ask-refund.server";
import { isReserved, refundableOf } from "~/modules/payments/refunds/refund-request";
import type { SquareDispute, SquarePayment, SquareRefund } from "~/modules/payments/square/square";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { drain } from "~/platform/outbox/drain.server";
import { forJob } from "~/platform/scope/scope.server";
import { contextOf } from "../../../workers/context";
import { outboxDispatcherOf } from "../../../workers/outbox-dispatcher";
import { squareWebhook } from "../../../workers/square-webhook";
import { dyingDatabase } from "../dying";
import { beginning, connectedShop } from "../payments";
import { type Dice, diceOf } from "../repairs/dice";
import { type Announced, announced, atSquare } from "../square";
import type { Run, RunResult } from "./run-result";

/** Of one shop: as many as pay its invoices in parts, with some to spare. Each makes some four notices. */
const MOST_CHECKOUTS = 40;
const NOTICES_EACH = 4;
const TOTALS = [5_000_00, 3_000_00, 2_000_00, 8_000_00, 900_00];
const FOREVER = Number.POSITIVE_INFINITY;

/** Plays shops until Square made as many notices as wanted, or the time is over. */
export async function playNotices(run: Run, report: (message: string) => void = () => {}): Promise<RunResult> {
  const result: RunResult = {
    run,
    cases: 0,
    notices: 0,
    deliveries: 0,
    neverCame: 0,
    forged: 0,
    forgedAccepted: 0,
    deaths: 0,
    faults: 0,
    checkouts: 0,
    refundsAsked: 0,
    disputes: 0,
    returns: 0,
    returnsByStatus: 0,
    movements: 0,
    lost: 0,
    doubled: 0,
    wrong: [],
    naiveWrong: 0,
    naiveTooMuch: 0,
  };
  const ends = Date.now() + run.minutes * MINUTE;
  while (result.notices < run.notices && Date.now() < ends) {
    await playShop(diceOf(run.seed, result.cases), result);
    result.cases += 1;
    report(`${result.notices} notices in ${result.cases} shops, ${result.lost + result.doubled + result.forgedAccepted + result.wrong.length} faults`);
  }
  return result;
}

async function playShop(dice: Dice, result: RunResult): Promise<void> {
  const its = await connectedShop(TOTALS, "USD");
  const { world, merchant, shop, client } = its;
  const { clock } = world;
  const webhookUrl = world.context.platform.settings.square?.webhook.url ?? "";
  const job = forJob(shop.id, "Square");
  const store = intentStore(its.services.db);
  const amountOf = (most: number) => toCents(dice.chance(0.4) ? most : 1 + dice.below(most));
  const wrong = (message: string) => void result.wrong.push(`shop ${result.cases}: ${message}`);

  /** A process of ours that dies after so many calls of its database. */
  function processOf(calls: number) {
    const env = { ...world.env, TENANTS: dyingDatabase(world.env.TENANTS, calls), OUTBOX: { send: async () => {} } as unknown as Queue };
    const context = contextOf(env, { waitUntil: () => {} }, clock);
    const services = (scope: typeof job) => ({ ...context.servicesFor(scope), drainSoon: () => {} });
    return {
      receive: (body: string, headers: Record<string, string>) =>
        squareWebhook(new Request(webhookUrl, { method: "POST", body, headers }), { ...context, servicesFor: services as never }),
      drain: () => drain(outboxDispatcherOf(env, context.platform, scopedDatabase(env.TENANTS, forJob(shop.id, "outbox")))),
      services: services(job),
    };
  }
  const lasting = processOf(FOREVER);

  /** Nobody reads the mails of these shops. */
  const dropMails = () => world.env.TENANTS.prepare("delete from outbox where organization_id = ? and kind like 'mail.%'").bind(shop.id).run();

  /** What was left over is done by the sweeps of the next hours. */
  async function sweep(): Promise<void> {
    await atSquare({ do: "no-faults" });
    await dropMails();
    for (const wait of [0, 3 * MINUTE, 10 * MINUTE, 2 * HOUR]) {
      clock.pass(wait);
      await lasting.drain();
    }
  }

  async function fault(path: string, share: number): Promise<void> {
    if (!dice.chance(share)) return;
    result.faults += 1;
    await atSquare({ do: "fault", kind: dice.pick(["500", "lost", "429", "broken"] as const) ?? "500", path });
  }

  const accepted: string[] = [];
  const forgedIds: string[] = [];
  /** One delivery, as Square makes it: until it is answered by 200. */
  async function send({ body, headers }: Announced): Promise<void> {
    for (;;) {
      result.deliveries += 1;
      const dies = dice.chance(0.12);
      const process = dies ? processOf(dice.below(14)) : lasting;
      result.deaths += Number(dies);
      const status = await process.receive(body, headers).then(
        (answer) => answer.status,
        () => 503,
      );
      if (dies || dice.chance(0.6)) await process.drain().catch(() => {});
      if (status !== 200) continue;
      accepted.push(body);
      return;
    }
  }
  async function forge({ body, headers }: Announced): Promise<void> {
    const id = crypto.randomUUID();
    const own = JSON.stringify({ ...JSON.parse(body), event_id: id });
    forgedIds.push(id);
    const { "x-square-hmacsha256-signature": signature = "", ...unsigned } = headers;
    const flipped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    const kinds = [
      () => [own, headers],
      () => [own, unsigned],
      () => [body.replace(/"amount":(\d)/, '"amount":1$1'), headers],
      () => [body, { ...headers, "x-square-hmacsha256-signature": flipped }],
    ] as const;
    const [forged, its] = (dice.pick(kinds) ?? kinds[0])() as [string, Record<string, string>];
    if (forged === body && its === headers) return;
    result.forged += 1;
    result.deliveries += 1;
    const answer = await lasting.receive(forged, its);
    if (answer.status === 200) result.forgedAccepted += 1;
  }
  const shuffled = <T>(all: readonly T[]): T[] =>
    all
      .map((one) => [dice.below(1_000_000), one] as const)
      .toSorted((a, b) => a[0] - b[0])
      .map(([, one]) => one);
  let seen = 0;
  const late: Announced[] = [];
  /** What Square made since the last time, each up to five times, in any order; some late by a day, some never. */
  async function deliver(): Promise<void> {
    const all = await announced(merchant);
    const fresh = all.slice(seen);
    await dropMails();
    seen = all.length;
    result.notices += fresh.length;
    const now: Announced[] = [];
    for (const notice of fresh) {
      if (dice.chance(0.08)) {
        result.neverCame += 1;
        continue;
      }
      for (let time = 1 + dice.below(5); time > 0; time--) (dice.chance(0.15) ? late : now).push(notice);
    }
    for (const notice of shuffled(now)) {
      await fault(dice.pick(["/v2/payments", "/v2/refunds", "/v2/disputes", "/v2/orders", "/v2/invoices"]) ?? "/", 0.04);
      if (dice.chance(0.08)) await forge(notice);
      await send(notice);
    }
  }

  /** Payments from bank accounts that are on their way. Until they are decided, their invoices take no other. */
  let banks: string[] = [];
  const decide = (payment: string) => atSquare({ do: "settle", merchant, payment, as: dice.chance(0.7) ? "COMPLETED" : "FAILED" });
  async function decideSome(): Promise<void> {
    const decided = banks.filter(() => dice.chance(0.3));
    banks = banks.filter((id) => !decided.includes(id));
    for (const payment of decided) await decide(payment);
  }
  const checkouts = Math.min(MOST_CHECKOUTS, Math.ceil(result.run.notices / NOTICES_EACH));
  for (let at = 0; at < checkouts; at++) {
    await decideSome();
    const isBank = dice.chance(0.25);
    await fault(isBank ? (dice.pick(["/v2/customers", "/v2/orders", "/v2/invoices"]) ?? "/v2/invoices") : "/v2/online-checkout/payment-links", 0.3);
    const open = (await store.open(its.invoices)).filter((invoice) => invoice.open >= 10_00);
    const chosen = dice.some(open, 0.25).slice(0, 3);
    if (chosen.length === 0) break;
    const wanted = beginning(
      its,
      chosen.map(({ id }) => id),
      chosen.map((invoice) => (dice.chance(0.1) ? invoice.open : 10_00 + dice.below(Math.floor((invoice.open - 10_00) / 5) + 1))),
      10_00,
      isBank ? "bank" : "card",
    );
    let begun: Awaited<ReturnType<typeof beginCheckout>> | null = null;
    for (let time = 0; time < 5 && !begun?.ok; time++) {
      const services = dice.chance(0.1) ? processOf(dice.below(12)).services : its.services;
      begun = await beginCheckout(services, its.square, wanted).catch(() => null);
      // Money for these invoices is on its way: nobody tries again before it is there.
      if (begun && !begun.ok && begun.error.kind === "pending") break;
    }
    if (!begun?.ok) {
      await deliver();
      continue;
    }
    result.checkouts += 1;
    const link = begun.value.intent.linkId ?? "";
    const way = isBank ? dice.pick(["bank", "bank", "bank", "none"] as const) : dice.pick(["card", "card", "card", "decline", "none"] as const);
    // A page of a checkout that was replaced is gone.
    const pay = (how: "card" | "decline" | "bank") =>
      atSquare<{ id: string }>(how === "bank" ? { do: "pay-invoice", invoice: link } : { do: "pay", link, way: how }).catch(() => null);
    if (way === "decline") await pay("decline");
    const paid = way === "none" ? null : await pay(way === "bank" ? "bank" : "card");
    if (paid && way === "bank") banks.push(paid.id);
    if (dice.chance(0.1)) await atSquare({ do: "counter-sale", merchant, location: its.location, amount: 1 + dice.below(90_00) });
    if (dice.chance(0.4)) await deliver();
    if (dice.chance(0.5)) await askForRefund();
    if (dice.chance(0.2)) await refundInDashboard();
  }

  async function askForRefund(): Promise<void> {
    const payments = await its.services.db.query({
      from: ledgerEntries,
      columns: { id: ledgerEntries.id, amount: ledgerEntries.amount },
      where: eq(ledgerEntries.kind, "payment"),
      limit: 100,
    });
    const source = dice.pick(payments);
    if (!source) return;
    await fault("/v2/refunds", 0.3);
    await atSquare({ do: "next-refund", as: dice.pick(["COMPLETED", "COMPLETED", "REJECTED", "FAILED", "PENDING"] as const) ?? "COMPLETED" });
    const asked = await askRefund(its.staff, its.customer.id, { id: newId("refund"), sourceId: source.id, amount: amountOf(source.amount), why: "Asked for" });
    if (!asked.ok) return;
    result.refundsAsked += 1;
    const dies = dice.chance(0.3);
    result.deaths += Number(dies);
    await (dies ? processOf(dice.below(16)) : lasting).drain().catch(() => {});
  }

  async function refundInDashboard(): Promise<void> {
    const { payments } = await truth();
    const payment = dice.pick(payments.filter(({ status }) => status === "COMPLETED"));
    if (payment) await atSquare({ do: "refund", merchant, payment: payment.id, amount: amountOf(payment.amount) }).catch(() => null);
  }

  /** All that Square has of our checkouts. */
  async function truth(): Promise<{ payments: SquarePayment[]; refunds: SquareRefund[]; disputes: SquareDispute[] }> {
    await atSquare({ do: "no-faults" });
    const all = async <T>(read: (cursor: string | null) => Promise<{ items: T[]; cursor: string | null }>): Promise<T[]> => {
      const items: T[] = [];
      let cursor: string | null = null;
      do {
        const page = await read(cursor);
        items.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== null);
      return items;
    };
    const since = toUtcMs(0);
    const sure = <T>(answer: { ok: true; value: T } | { ok: false; error: { kind: string } }): T => {
      if (!answer.ok) throw new Error(answer.error.kind);
      return answer.value;
    };
    const payments = await all(async (cursor) => {
      const { payments: items, cursor: next } = sure(await client.payments({ updatedSince: since, cursor, locationId: its.location }));
      return { items, cursor: next };
    });
    const refunds = await all(async (cursor) => {
      const { refunds: items, cursor: next } = sure(await client.refunds({ updatedSince: since, cursor }));
      return { items, cursor: next };
    });
    const disputes = await all(async (cursor) => {
      const { disputes: items, cursor: next } = sure(await client.disputes({ cursor, locationId: its.location }));
      return { items, cursor: next };
    });
    return {
      payments: payments.filter(({ applicationId, sourceType }) => applicationId === its.needs.applicationId || sourceType === "BANK_ACCOUNT"),
      refunds,
      disputes,
    };
  }

  // Banks decide about payments, Square about refunds, and other banks about disputes.
  for (const payment of shuffled(banks)) await decide(payment);
  await sweep();
  for (const { id, status } of (await truth()).refunds)
    if (status === "PENDING")
      await atSquare({ do: "settle-refund", merchant, refund: id, as: dice.pick(["COMPLETED", "REJECTED", "FAILED"] as const) ?? "FAILED" });
  const before = await truth();
  for (const payment of before.payments.filter(({ status }) => status === "COMPLETED")) {
    if (!dice.chance(0.3)) continue;
    const gone = before.refunds
      .filter(({ paymentId, status }) => paymentId === payment.id && status === "COMPLETED")
      .reduce((sum, { amount }) => sum + amount, 0);
    if (payment.amount <= gone) continue;
    const { id } = await atSquare<{ id: string }>({
      do: "dispute",
      merchant,
      payment: payment.id,
      amount: amountOf(payment.amount - gone),
      inquiry: dice.chance(0.2),
    });
    result.disputes += 1;
    if (dice.chance(0.3)) await deliver();
    const as = dice.pick(["WON", "LOST", "LOST", "ACCEPTED", "PROCESSING", null] as const);
    if (as) await atSquare({ do: "settle-dispute", merchant, dispute: id, as });
  }
  await deliver();
  // Weeks later, banks take completed transfers back: Square reports that as a lost dispute, or as the payment's own status.
  const returnedByStatus = new Set<string>();
  clock.pass(40 * DAY);
  const weeksLater = await truth();
  const touched = new Set([...weeksLater.refunds, ...weeksLater.disputes].map(({ paymentId }) => paymentId));
  const arrived = weeksLater.payments.filter(({ id, status, sourceType }) => status === "COMPLETED" && sourceType === "BANK_ACCOUNT" && !touched.has(id));
  for (const [at, { id }] of arrived.entries()) {
    if (at > 0 && !dice.chance(0.5)) continue;
    const as = result.returns % 2 === 0 ? "status" : "dispute";
    await atSquare({ do: "return", merchant, payment: id, as });
    result.returns += 1;
    if (as === "dispute") continue;
    result.returnsByStatus += 1;
    returnedByStatus.add(id);
  }
  await deliver();
  for (const notice of shuffled(late)) await send(notice);
  await sweep();
  // What no notice reported, the daily question finds.
  await reconcile({ ...its.needs, client, locationId: its.location }, toUtcMs(DAY));
  await sweep();
  await check(await truth());

  async function check({ payments, refunds, disputes }: Awaited<ReturnType<typeof truth>>): Promise<void> {
    const { db } = its.services;
    const entryOf = (id: string) => entryIdOf(its.needs.entryKey, shop.id, id);
    const entries = await db.query({
      from: ledgerEntries,
      columns: {
        id: ledgerEntries.id,
        kind: ledgerEntries.kind,
        amount: ledgerEntries.amount,
        invoiceId: ledgerEntries.invoiceId,
        sourceId: ledgerEntries.sourceId,
      },
      limit: 5_000,
    });
    const money = entries.filter(({ invoiceId }) => invoiceId === null);
    // A transfer whose arrival nobody reported before the bank took it back was never there.
    const returned = payments.filter(({ id }) => returnedByStatus.has(id) && money.some((entry) => entry.id === entryOf(id)));
    if (returned.some(({ status }) => status !== "FAILED")) wrong("a returned transfer has another status at Square");
    const came = [...payments.filter(({ status }) => status === "COMPLETED"), ...returned];
    const went = refunds.filter(({ status }) => status === "COMPLETED");
    const taken = disputes.filter(({ state }) => state === "LOST" || state === "ACCEPTED");
    const wanted = new Map<Id<"entry">, Cents>([
      ...came.map(({ id, amount }) => [entryOf(id), amount] as const),
      ...went.map(({ id, amount }) => [entryOf(id), toCents(-amount)] as const),
      ...taken.map(({ id, amount }) => [entryOf(id), toCents(-amount)] as const),
      ...returned.map(({ id, amount }) => [entryOf(`${id} returned`), toCents(-amount)] as const),
    ]);
    result.movements += wanted.size;
    for (const [id, amount] of wanted) {
      const found = money.filter((entry) => entry.id === id);
      if (found.length === 0) result.lost += 1;
      else if (found[0]?.amount !== amount) wrong(`${found[0]?.kind} of ${found[0]?.amount} instead of ${amount}`);
    }
    result.doubled += money.filter(({ id }) => !wanted.has(id)).length;
    const sum = (all: readonly { amount: number }[]) => all.reduce((total, { amount }) => total + amount, 0);
    const model = sum(came) - sum(went) - sum(taken) - sum(returned);
    if (sum(money) !== model) wrong(`the account has ${sum(money)}, Square ${model}`);
    for (const invoice of await db.query({
      from: invoiceTable,
      columns: { id: invoiceTable.id, total: invoiceTable.total, applied: invoiceTable.applied },
      limit: 100,
    })) {
      const applied = sum(entries.filter(({ invoiceId }) => invoiceId === invoice.id));
      if (applied !== invoice.applied || applied < 0 || applied > invoice.total)
        wrong(`an invoice of ${invoice.total} has ${applied}, and shows ${invoice.applied}`);
    }
    const asked = await db.query({
      from: refundRequests,
      columns: {
        id: refundRequests.id,
        state: refundRequests.state,
        squareId: refundRequests.squareId,
        sourceId: refundRequests.sourceId,
        amount: refundRequests.amount,
      },
      limit: 500,
    });
    for (const request of asked) {
      const its = refunds.find(({ id }) => id === request.squareId);
      if (isReserved(request)) wrong(`a refund is ${request.state} for ever`);
      if ((request.state === "completed") !== (its?.status === "COMPLETED")) wrong(`a refund is ${request.state}, and ${its?.status} at Square`);
    }
    for (const { id, amount } of money.filter(({ kind }) => kind === "payment")) {
      const worth = toCents(sum(money.filter(({ sourceId }) => sourceId === id)));
      if (
        worth < 0 ||
        worth > amount ||
        refundableOf(
          worth,
          asked.filter(({ sourceId }) => sourceId === id),
        ) !== worth
      )
        wrong(`a payment of ${amount} is worth ${worth}`);
    }
    const ours = refunds.filter(({ reason }) => reason === "Asked for").length;
    if (new Set(asked.flatMap(({ squareId }) => squareId ?? [])).size !== ours) wrong(`Square has ${ours} refunds of ours`);
    const kept = await db.query({ from: squareEvents, columns: { id: squareEvents.id, handledAt: squareEvents.handledAt }, limit: 5_000 });
    result.forgedAccepted += kept.filter(({ id }) => forgedIds.includes(id)).length;
    const unhandled = kept.filter(({ handledAt }) => handledAt === null).length;
    if (unhandled > 0) wrong(`${unhandled} notices were never handled`);
    const naive = accepted.reduce((total, body) => total + reported(body, its.needs.applicationId), 0);
    if (naive > model) {
      result.naiveWrong += 1;
      result.naiveTooMuch += naive - model;
    }
  }
}

/** What a notice reports as come or gone, taken at its word. */
function reported(body: string, applicationId: string): number {
  const { object } = (JSON.parse(body) as { data: { object: Record<string, Reported | undefined> } }).data; // as the stand-in wrote it
  const { payment, refund } = object;
  const isOurs = payment?.application_details?.application_id === applicationId || payment?.source_type === "BANK_ACCOUNT";
  if (payment?.status === "COMPLETED" && isOurs) return payment.amount_money.amount;
  return refund?.status === "COMPLETED" ? -refund.amount_money.amount : 0;
}
type Reported = { status: string; amount_money: { amount: number }; source_type?: string; application_details?: { application_id?: string } };
