import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { payToken } from "~/modules/invoices/pay-link.server";
import { isCorrected, isRefunded, isReversed, worthOf } from "~/modules/invoices/receivables/ledger";
import { onItsWay, whoKnows } from "~/modules/payments/checkouts/on-its-way";
import { readDisputesOn, readPendingOn } from "~/modules/payments/payment.read.server";
import { readConnectedAccount, readWhyNoPayments } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readRecordMails } from "~/queries/staff/record-mails.server";
import { readSquareRefundables } from "~/queries/staff/square-refunds.server";
import { shownDisputes } from "../dispute-commands.server";

export async function invoicePage({ services, session, id: idOf }: Authed<"staff">) {
  const now = services.clock.now();
  const record = orNotFound(await readInvoiceRecord(services.db, idOf("invoice"), now));
  const { entries, coreNotes } = record;
  // Each form posts a new id, so that one entry is never taken for a resend of another.
  const fresh = () => newId("entry", now);
  const cores = record.cores.map((core) => ({
    ...core,
    fresh: { return: newId("coreReturn", now), forfeit: newId("coreReturn", now), reopen: newId("coreReturn", now) },
  }));
  const [refundables, whyNoRefund] = await Promise.all([readSquareRefundables(services.db, entries), readWhyNoPayments(services)]);
  const isLiving = (id: (typeof entries)[number]["id"]) => !isReversed(entries, id);
  return {
    ...record,
    cores,
    entries: entries.map((entry, at) => {
      const isPayment = entry.kind === "payment" && isLiving(entry.id);
      const mayReverse = (isPayment || (entry.kind === "credit-note" && isLiving(entry.id))) && !isRefunded(entries, entry.id);
      const isFirstOf = (kind: typeof entry.kind) => entries.findIndex((one) => one.kind === kind && one.sourceId === entry.sourceId) === at;
      return {
        ...entry,
        isCorrected: isCorrected(entries, entry.id),
        isOfCorrected: isCorrected(entries, entry.sourceId),
        fresh: { refund: fresh(), correct: fresh() },
        mayReverse,
        mayCorrect: (isPayment && mayReverse) || (entry.kind === "refund" && isLiving(entry.sourceId) && !isCorrected(entries, entry.id)),
        refundable: refundables[entry.id]?.byHand ?? (isPayment ? worthOf(entries, entry.id) : toCents(0)),
        // An entry can be reversed more than once: only the latest reversal can be undone. A core's credit comes back by returning the core.
        mayUndo:
          entry.kind === "reversal" &&
          !isLiving(entry.sourceId) &&
          !isCorrected(entries, entry.sourceId) &&
          !coreNotes.includes(entry.sourceId) &&
          isFirstOf("reversal"),
        // Money applied to this invoice can be unapplied at its latest allocation. The invoice's own credit notes can't.
        mayUnapply:
          entry.kind === "allocation" &&
          !entries.some(({ id, kind, forInvoice }) => id === entry.sourceId && kind === "credit-note" && forInvoice === record.invoice.id) &&
          isFirstOf("allocation") &&
          entries.filter(({ invoiceId, sourceId }) => invoiceId !== null && sourceId === entry.sourceId).reduce((sum, { amount }) => sum + amount, 0) > 0,
      };
    }),
    /** By payment that came through Square. */
    refundables: Object.fromEntries(Object.entries(refundables).map(([source, its]) => [source, { ...its, fresh: newId("refund", now) }])),
    whyNoRefund,
    disputes: shownDisputes(await readDisputesOn(services.db, record.invoice.id), { services, session }),
    mailed: await readRecordMails(services.db, record.invoice.id, record.invoice.customerId, "mayDocuments"),
    mayRecord: may("staff", session.membership.role, "payment:record"),
    fresh: { pay: fresh(), note: fresh() },
    ...(await payOnline()),
  };

  /** The link that the customer pays by, and money that is on its way; no link while it can't be paid. */
  async function payOnline() {
    const { id, balance } = record.invoice;
    const token = payToken(services.settings.linkKey, { organizationId: session.organization.id, subject: { kind: "invoice", id } });
    const isPayable = balance > 0 && whyNoRefund === null;
    return {
      payAt: isPayable ? session.organization.publicOrigin + paths.pay(token) : null,
      pending: await pending(),
    };
  }

  /** What is on its way, and whether Square can be asked about it. */
  async function pending() {
    const found = await readPendingOn(services.db, record.invoice.id);
    const title = onItsWay(found, session.organization, now);
    if (!found || title === null) return null;
    return { title, knows: whoKnows(found, await readConnectedAccount(services), dayOf(now, session.organization.zone)) };
  }
}

export type PageData = Awaited<ReturnType<typeof invoicePage>>;
