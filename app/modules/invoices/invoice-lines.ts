import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, type Quantity, toCents } from "~/kernel/money";
import type { UnitFacts } from "~/modules/assets/unit-facts";
import { type Charges, chargesOf, type Supplies } from "~/modules/organizations/shop-rules/charges";
import type { LineKind } from "~/modules/work-orders/jobs/job";
import { type BilledLine, type billedIn, chargedOf, type OrderWork } from "~/modules/work-orders/lines/order-authorization";

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
  /** Why it is not charged; absent if it is. */
  reason?: string;
};
export type InvoiceJob = { id: Id<"job">; complaint: string; correction: string; lines: readonly InvoiceLine[] };

/** A work order on an invoice. */
export type InvoiceGroup = {
  orderId: Id<"workOrder">;
  order: number;
  title: string;
  unit: string;
  unitFacts: UnitFacts;
  purchaseOrder: string | null;
  /** Version of the rates and taxes at completion. */
  rulesVersion: number;
  jobs: readonly InvoiceJob[];
  /** What the customer declined, without a price. */
  declined: readonly { text: string; safety: boolean }[];
  /** How the shop supplies in the charges were computed. */
  supplies: Supplies;
  charges: Charges;
};
/** What an invoice copies of the order itself. */
export type GroupFacts = Omit<InvoiceGroup, "jobs" | "declined" | "supplies" | "charges">;

type Billed = ReturnType<typeof billedIn>;
type Rates = Pick<OrderWork, "rules" | "taxExempt">;

/** An order as it goes on the invoice. Supplies are computed per order, because their cap is per order. */
export function groupOf(facts: GroupFacts, { rules, taxExempt }: Rates, { jobs, declined }: Billed): InvoiceGroup {
  return {
    ...facts,
    jobs: jobs.map(({ id, complaint, correction, lines }) => ({
      id,
      complaint,
      correction,
      lines: lines.filter((line) => !isPricedElsewhere(line)).map(toInvoiceLine),
    })),
    declined: declined.map(({ text, safety }) => ({ text, safety: safety ?? false })),
    supplies: rules.rules.supplies,
    charges: chargesOf(chargedOf(jobs), rules.rules, taxExempt),
  };
}

/** Outside work whose price the shop put in other lines: the customer pays for it there, and its name is the shop's own. */
const isPricedElsewhere = ({ vendorJobId, toBill, priceOpen, reason }: BilledLine): boolean =>
  vendorJobId !== null && toBill === 0 && !priceOpen && reason === null;

const toInvoiceLine = ({ id, kind, text, partNumber, quantity, each, discount, toBill, reason }: BilledLine): InvoiceLine => ({
  id,
  kind,
  text,
  partNumber,
  quantity,
  each,
  ...(discount ? { discount } : {}),
  price: toBill,
  ...(reason && toBill === 0 ? { reason } : {}),
});

/** What keeps an order's invoice from being issued without a word: work nobody authorized, an unknown price, a missing PO number. */
export type BillingGap = {
  orderId: Id<"workOrder">;
  order: number;
  over: Cents;
  overLines: readonly string[];
  /** What tax and supplies add beyond the total that the customer approved. */
  chargesOver: Cents;
  priceOpen: string | null;
  needsPurchaseOrder: boolean;
};

export function gapOf(
  facts: Pick<InvoiceGroup, "orderId" | "order" | "purchaseOrder">,
  { jobs, authorization }: Billed,
  needsPurchaseOrder: boolean,
): BillingGap {
  const lines = jobs.flatMap((job) => job.lines);
  const over = authorization.applies ? lines.filter(({ id }) => (authorization.lines.get(id)?.over ?? 0) > 0) : [];
  return {
    orderId: facts.orderId,
    order: facts.order,
    over: authorization.applies ? authorization.over : toCents(0),
    overLines: over.map(({ text }) => text),
    chargesOver: authorization.chargesOver,
    priceOpen: lines.find(({ priceOpen }) => priceOpen)?.text ?? null,
    needsPurchaseOrder: needsPurchaseOrder && !facts.purchaseOrder,
  };
}

/** Orders sorted by unit. */
export const byUnit = (groups: readonly InvoiceGroup[]): InvoiceGroup[] =>
  [...groups].sort((a, b) => a.unit.localeCompare(b.unit, "en", { numeric: true }) || a.order - b.order);
