import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import { dayOf } from "~/kernel/time";
import { receiveFromProvider } from "~/modules/invoices/receivables/change-account.server";
import { noteOnAccount } from "~/modules/invoices/receivables/note-on-account.step.server";
import { releaseRow } from "~/modules/invoices/receivables/reservations.step.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { log } from "~/platform/log.server";
import { type ApplyNeeds, paymentBehind, SquareNotReached } from "../apply-payment.server";
import { entryIdOf } from "../entry-id.server";
import { paymentEffects } from "../payment.effects";
import { paymentJournal } from "../payment.journal";
import { paymentStore } from "../payment.store.server";
import type { SquareRefund } from "../square/square";
import { endRefund } from "./end-refund.server";
import { isReserved, type RefundRequest } from "./refund-request";
import { refundStore } from "./refund-request.store.server";
import { squareRefundStore } from "./square-refund.store.server";

/** Brings a refund to the customer's account once Square has paid it out, asked for here or made in Square's dashboard. */
export async function applyRefund(s: ApplyNeeds, refund: SquareRefund): Promise<"applied" | "waiting" | "failed" | "known" | "elsewhere"> {
  const { write } = paymentStore(s.db);
  const [store, requests] = [squareRefundStore(s.db), refundStore(s.db)];
  const [known, request] = [await store.find(refund.id), await requests.findBySquare(refund.id)];
  // One that is not known to be ours yet ends when Square has answered.
  const completed = request ? [requests.completedRow(request.id), releaseRow(s.db, request.id)] : [];
  const row = (entryId: Id<"entry"> | null) =>
    store.row({
      id: refund.id,
      paymentId: refund.paymentId,
      status: refund.status,
      amount: refund.amount,
      reason: refund.reason,
      updatedAt: refund.updatedAt,
      entryId,
    });
  const now = s.clock.now();
  if (request && isReserved(request)) {
    // It may have been reported before Square answered that it is ours.
    if (known?.entryId) {
      await write(completed, [noLongerUnderWay(request)], now);
      return "known";
    }
    if (refund.status === "REJECTED" || refund.status === "FAILED") {
      await write([row(null)], [], now);
      await endRefund(s, request, refund.status === "REJECTED" ? "Square rejected it." : "The bank did not take it.");
      return "failed";
    }
  }
  if (known?.entryId || (known && known.updatedAt > refund.updatedAt)) return "known";
  // One that is paid out, and on no account, may have come before its payment was.
  if (known && known.status === refund.status && refund.status !== "COMPLETED") return "known";
  const payment = await paymentBehind(s, refund.paymentId);
  if (!payment?.entryId || !payment.customerId) {
    if (payment) await write([row(null)], [], now);
    return "elsewhere";
  }
  if (refund.status !== "COMPLETED") {
    await write([row(null)], [], now);
    return "waiting";
  }
  const sourceId = payment.entryId;
  const notice = [paymentEffects.of("mail.payment-refunded", `mail.payment-refunded:${refund.id}`, { refundId: refund.id })];
  const entryId = entryIdOf(s.entryKey, s.db.scope.organizationId, refund.id);
  const given = await receiveFromProvider(
    s,
    payment.customerId,
    {
      intent: "give-back",
      id: entryId,
      sourceId,
      amount: refund.amount,
      method: "square",
      reference: null,
      // The day it left, not the day it was asked for: a statement that was sent before stays as it was.
      day: dayOf(refund.updatedAt, s.zone),
      why: refund.reason?.trim() || "No reason given",
    },
    () => ({
      changes: [row(entryId), ...completed],
      effects: notice,
    }),
  );
  if (given.ok) return given.value ? "applied" : "known";
  if (given.error.kind === "stale") throw new SquareNotReached("the account was changed too often at once");
  if (given.error.kind === "too-much") {
    // The payer's bank took all of it back before: it can't leave the account twice.
    log.warn("square.refund-beyond-payment", { refund: refund.id });
    const noted = await noteOnAccount(s, payment.customerId, {
      sourceId: payment.entryId,
      load: () => store.find(refund.id),
      decide: (_, there) =>
        there?.status === "COMPLETED"
          ? err({ kind: "known" as const })
          : ok({
              event: paymentJournal.of("refund.beyond-payment", { refund: refund.id, sourceId, amount: refund.amount }),
              changes: [row(null), ...completed],
              effects: notice,
            }),
    });
    // Noted before it was known to be the one asked for.
    if (!noted.ok && noted.error.kind === "known") await write(completed, request ? [noLongerUnderWay(request)] : [], now);
    if (!noted.ok && noted.error.kind !== "known") throw new SquareNotReached(`the account was not changed: ${noted.error.kind}`);
    return "known";
  }
  log.error("square.refund-not-entered", new Error(given.error.kind), { refund: refund.id });
  throw new Error(`a refund that the account refused: ${given.error.kind}`);
}

/** For open pages that show it as on its way: what it did to the account was notified with its entry. */
const noLongerUnderWay = ({ id, customerId }: RefundRequest): Effect =>
  boardChanged(`refund:${id}`, { kind: "account", id: customerId, version: 0 }, boardAudiences(customerId, true));
