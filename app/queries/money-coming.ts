import { type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { invoices } from "~/modules/invoices/invoice.tables";
import { paymentIntents, paymentShares } from "~/modules/payments/payment.tables";

const share = (organizationId: Id<"organization">, column: SQL, more: SQL = sql``) =>
  sql`select ${column} from ${paymentShares} join ${paymentIntents} on ${paymentIntents.organizationId} = ${paymentShares.organizationId} and ${paymentIntents.id} = ${paymentShares.intentId} where ${paymentShares.organizationId} = ${organizationId} and ${paymentShares.invoiceId} = ${invoices.id} and ${paymentShares.isLiving} = 1 and ${paymentIntents.state} = 'pending'${more}`;

/** Columns of a list of invoices: what is on its way to each, and when it is expected. */
export const comingColumns = (organizationId: Id<"organization">) => ({
  coming: sql<number | null>`(${share(organizationId, sql`${paymentShares.amount}`)})`.as("coming"),
  comingDay: sql<string | null>`(${share(organizationId, sql`${paymentIntents.expectedDay}`)})`.as("coming_day"),
});

/** Those columns as a payment on its way; null where none is. */
export const comingOf = ({ coming, comingDay }: { coming: number | null; comingDay: string | null }): { amount: Cents; expectedDay: string | null } | null =>
  coming === null ? null : { amount: toCents(coming), expectedDay: comingDay };

/** Whether all of an invoice is on its way, and not late: expected on this day or after. */
export const isComing = (organizationId: Id<"organization">, from: string): SQL =>
  sql`exists (${share(
    organizationId,
    sql`1`,
    sql` and ${paymentShares.amount} >= ${invoices.total} - ${invoices.applied} and coalesce(${paymentIntents.expectedDay}, ${from}) >= ${from}`,
  )})`;
