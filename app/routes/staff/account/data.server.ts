import { newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { readDepositEstimates } from "~/modules/invoices/receivables/deposits.read.server";
import { readDisputesOf, readOnItsWay } from "~/modules/payments/payment.read.server";
import { readWhyNoPayments } from "~/modules/payments/square/square-connection.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type AccountCursor, readAccount } from "~/queries/staff/account.server";
import { readRefundsUnderWay, readSquareRefundables, type SquareRefundable } from "~/queries/staff/square-refunds.server";
import { shownDisputes } from "../dispute-commands.server";

export async function accountPage({ services, session, id: idOf, url }: Authed<"staff">) {
  const id = idOf("customer");
  const now = services.clock.now();
  const before = cursorIn(url.searchParams.get("before"));
  const [found, estimates] = await Promise.all([readAccount(services.db, id, { now, before }), readDepositEstimates(services.db, id)]);
  const account = orNotFound(found);
  const [refundables, refundsUnderWay, whyNoRefund, disputes, pending] = await Promise.all([
    readSquareRefundables(services.db, [...account.entries, ...account.sources]),
    readRefundsUnderWay(services.db, id),
    readWhyNoPayments(services),
    readDisputesOf(services.db, id),
    readOnItsWay(
      services,
      session.organization,
      account.open.map((invoice) => invoice.id),
    ),
  ]);
  const fresh = () => newId("entry", now);
  return {
    ...account,
    open: account.open.map((invoice) => ({ ...invoice, pending: pending(invoice.id) })),
    // Each form posts a new entry id, so a second entry is never taken for a resend of the first.
    sources: account.sources.map((source) => ({ ...source, fresh: { apply: fresh(), payOut: fresh() } })),
    entries: account.entries.map((entry) => ({ ...entry, fresh: { refund: fresh(), correct: fresh() } })),
    /** By payment that came through Square. */
    refundables: withFresh(refundables, () => newId("refund", now)),
    refundsUnderWay,
    whyNoRefund,
    disputes: shownDisputes(disputes, { services, session }),
    fresh: { payment: fresh(), deposit: fresh(), credit: fresh() },
    estimates,
    /** The estimate whose deposit is to be recorded, where a link on its page led here. */
    depositFor: parseId("estimate", url.searchParams.get("estimate")),
    first: before === null,
    mayRecord: may("staff", session.membership.role, "payment:record"),
  };
}

const withFresh = (all: Record<string, SquareRefundable>, fresh: () => string) =>
  Object.fromEntries(Object.entries(all).map(([source, its]) => [source, { ...its, fresh: fresh() }]));

function cursorIn(text: string | null): AccountCursor | null {
  const [, version, position] = /^(\d{1,9})-(\d{1,4})$/.exec(text ?? "") ?? [];
  return version && position ? { version: Number(version), position: Number(position) } : null;
}

export type PageData = Awaited<ReturnType<typeof accountPage>>;
