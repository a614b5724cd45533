import * as z from "zod";
import { type Cents, toCents } from "~/kernel/money";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import {
  type SquareDispute,
  type SquareInvoice,
  type SquarePayment,
  type SquarePayout,
  type SquareRefund,
  squareDisputeStates,
  squareInvoiceStatuses,
  squarePaymentStatuses,
  squarePayoutStatuses,
  squareRefundStatuses,
} from "./square";

/**
 * What we read of Square's answers, after its SDK has named the fields and made amounts bigints. The SDK checks
 * nothing, and for an answer that is not JSON it returns `{ ok: false }`, which each of these refuses.
 */
const answer = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, ok: z.undefined().optional() });

const id = z.string().min(1);
const instant = z.iso.datetime({ offset: true }).transform((text): UtcMs => toUtcMs(Date.parse(text)));
const MOST = BigInt(Number.MAX_SAFE_INTEGER);
const money = z.object({ amount: z.bigint().min(-MOST).max(MOST), currency: z.string().regex(/^[A-Z]{3}$/) });
type Money = z.infer<typeof money>;
const cents = (one: Money | undefined): Cents => toCents(Number(one?.amount ?? 0n));

const payment = z
  .object({
    id,
    status: z.enum(squarePaymentStatuses),
    amountMoney: money,
    totalMoney: money,
    refundedMoney: money.optional(),
    processingFee: z.array(z.object({ amountMoney: money })).optional(),
    orderId: z.string().nullish(),
    locationId: id,
    sourceType: z.string(),
    receiptUrl: z.string().nullish(),
    note: z.string().nullish(),
    applicationDetails: z.object({ applicationId: z.string().nullish() }).optional(),
    cardDetails: z
      .object({
        card: z.object({ cardBrand: z.string().optional(), last4: z.string().optional() }).optional(),
        appliedCardSurchargeDetails: z.object({ cardSurchargeMoney: money.optional() }).optional(),
      })
      .optional(),
    createdAt: instant,
    updatedAt: instant,
  })
  .transform((one): SquarePayment => {
    const card = one.cardDetails?.card;
    return {
      id: one.id,
      status: one.status,
      // The tip is apart from it; a surcharge is within it.
      amount: toCents(cents(one.amountMoney) - cents(one.cardDetails?.appliedCardSurchargeDetails?.cardSurchargeMoney)),
      total: cents(one.totalMoney),
      currency: one.amountMoney.currency,
      orderId: one.orderId ?? null,
      locationId: one.locationId,
      sourceType: one.sourceType,
      receiptUrl: one.receiptUrl ?? null,
      refunded: cents(one.refundedMoney),
      fee: one.processingFee ? toCents(one.processingFee.reduce((sum, { amountMoney }) => sum + cents(amountMoney), 0)) : null,
      note: one.note ?? null,
      applicationId: one.applicationDetails?.applicationId ?? null,
      createdAt: one.createdAt,
      updatedAt: one.updatedAt,
      card: card ? { brand: card.cardBrand ?? "", last4: card.last4 ?? "" } : null,
    };
  });

const refund = z
  .object({
    id,
    paymentId: id,
    status: z.enum(squareRefundStatuses),
    amountMoney: money,
    reason: z.string().nullish(),
    createdAt: instant,
    updatedAt: instant,
  })
  .transform(
    (one): SquareRefund => ({
      id: one.id,
      paymentId: one.paymentId,
      status: one.status,
      amount: cents(one.amountMoney),
      currency: one.amountMoney.currency,
      reason: one.reason ?? null,
      createdAt: one.createdAt,
      updatedAt: one.updatedAt,
    }),
  );

const dispute = z
  .object({
    id,
    state: z.enum(squareDisputeStates),
    amountMoney: money,
    reason: z.string().default("UNKNOWN"),
    dueAt: instant.nullish(),
    disputedPayment: z.object({ paymentId: id }),
    createdAt: instant,
    updatedAt: instant,
  })
  .transform(
    (one): SquareDispute => ({
      id: one.id,
      paymentId: one.disputedPayment.paymentId,
      state: one.state,
      amount: cents(one.amountMoney),
      currency: one.amountMoney.currency,
      reason: one.reason,
      dueAt: one.dueAt ?? null,
      createdAt: one.createdAt,
      updatedAt: one.updatedAt,
    }),
  );
const payout = z
  .object({
    id,
    status: z.enum(squarePayoutStatuses),
    amountMoney: money,
    createdAt: instant,
    arrivalDate: z.string().nullish(),
    endToEndId: z.string().nullish(),
  })
  .transform(
    (one): SquarePayout => ({
      id: one.id,
      status: one.status,
      amount: cents(one.amountMoney),
      createdAt: one.createdAt,
      arrives: one.arrivalDate ?? null,
      reference: one.endToEndId ?? null,
    }),
  );
const invoice = z
  .object({ id, orderId: id, version: z.number().int(), status: z.enum(squareInvoiceStatuses), publicUrl: z.url().nullish() })
  .transform(({ publicUrl, ...one }): SquareInvoice => ({ ...one, url: publicUrl ?? null }));
const evidence = z.object({ id });

const cursor = z
  .string()
  .nullish()
  .transform((text) => text || null);

/** Square leaves an empty list out. */
export const squareAnswers = {
  paymentLink: answer({ paymentLink: z.object({ id, url: z.url(), orderId: id }) }),
  deleted: answer({}),
  payment: answer({ payment }),
  payments: answer({ payments: z.array(payment).default([]), cursor }),
  order: answer({
    order: z.object({ id, referenceId: z.string().nullish(), metadata: z.record(z.string(), z.string().nullable()).nullish(), state: z.string() }),
  }),
  refund: answer({ refund }),
  refunds: answer({ refunds: z.array(refund).default([]), cursor }),
  dispute: answer({ dispute }),
  disputes: answer({ disputes: z.array(dispute).default([]), cursor }),
  payouts: answer({ payouts: z.array(payout).default([]), cursor }),
  evidence: answer({ evidence }),
  createdOrder: answer({ order: z.object({ id }) }),
  customer: answer({ customer: z.object({ id }) }),
  customers: answer({ customers: z.array(z.object({ id })).default([]) }),
  invoice: answer({ invoice }),
  locations: answer({ locations: z.array(z.object({ id, name: z.string().nullish(), currency: z.string().length(3), status: z.string() })).default([]) }),
  merchant: answer({ merchant: z.object({ id, businessName: z.string().nullish() }) }),
  tokens: answer({ accessToken: id, refreshToken: id, expiresAt: instant, merchantId: id }),
  revoked: answer({ success: z.literal(true) }),
} as const;
