import type { Id } from "~/kernel/ids";
import type { BasisPoints, Cents, Quantity } from "~/kernel/money";
import { type ChargeRules, type Charges, chargesOf } from "~/modules/organizations/shop-rules/charges";
import { charged, type Job, type Line, type LineKind, priceOf } from "~/modules/work-orders/jobs/job";

/** A line as the customer sees it, without the shop's cost. */
export type InvoiceLine = {
  id: Id<"line">;
  kind: LineKind;
  text: string;
  partNumber: string | null;
  quantity: Quantity;
  each: Cents;
  discount?: BasisPoints;
  price: Cents;
};
export type InvoiceJob = { id: Id<"job">; complaint: string; correction: string; lines: readonly InvoiceLine[] };

/** A work order on an invoice. */
export type InvoiceGroup = {
  orderId: Id<"workOrder">;
  order: number;
  title: string;
  unit: string;
  purchaseOrder: string | null;
  /** Version of the rates and taxes at completion. */
  rulesVersion: number;
  jobs: readonly InvoiceJob[];
  charges: Charges;
};

type Work = Omit<InvoiceGroup, "jobs" | "charges"> & { jobs: readonly Job[] };

/** A completed order as it goes on the invoice. Supplies are computed per order, because their cap is per order. */
export function groupOf({ jobs, ...work }: Work, rules: ChargeRules, taxExempt: boolean): InvoiceGroup {
  return {
    ...work,
    jobs: jobs.map(({ id, complaint, correction, lines }) => ({ id, complaint, correction, lines: lines.map(toInvoiceLine) })),
    charges: chargesOf(
      jobs.flatMap(({ lines }) => lines.map(charged)),
      rules,
      taxExempt,
    ),
  };
}

const toInvoiceLine = (line: Line): InvoiceLine => {
  const { id, kind, text, partNumber, quantity, each, discount } = line;
  return { id, kind, text, partNumber, quantity, each, ...(discount ? { discount } : {}), price: priceOf(line) };
};

/** Orders sorted by unit. */
export const byUnit = (groups: readonly InvoiceGroup[]): InvoiceGroup[] =>
  [...groups].sort((a, b) => a.unit.localeCompare(b.unit, "en", { numeric: true }) || a.order - b.order);
