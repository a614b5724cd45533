import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { type Terms, terms as termsOf } from "~/kernel/payment-terms";
import { formatDay } from "~/kernel/time";
import { sumRows } from "~/modules/organizations/shop-rules/charges";
import { formatDiscount, lineKindLabels } from "~/modules/work-orders/jobs/job";
import { formatQuantity } from "~/modules/work-orders/jobs/job-form";
import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay } from "~/ui/moment";
import { type InvoiceContents, type InvoiceState, invoiceNumber } from "../invoice";
import type { InvoiceGroup } from "../invoice-lines";

/** Facts fixed at issue. Nothing that can change later is printed. */
export type PrintedInvoice = {
  number: number;
  state: InvoiceState;
  contents: InvoiceContents;
  terms: Terms;
  issuedAt: Parameters<typeof exactDay>[0];
  dueDay: string;
};

type Manner = { currency: string; locale: string; zone: string };

export function invoiceDocument({ number, state, contents, terms, issuedAt, dueDay }: PrintedInvoice, shop: Letterhead, manner: Manner): PdfDocument {
  const { currency, locale, zone } = manner;
  const { customer, taxCertificate, groups, charges } = contents;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const isVoid = state === "void";
  const due = formatDay(dueDay, locale);
  return {
    kind: "Invoice",
    number: invoiceNumber(number),
    reader: customer,
    locale,
    shop,
    stamp: isVoid ? "Void" : null,
    figure: isVoid ? { term: "No payment due", value: money(toCents(0)) } : { term: `Due by ${due}`, value: money(charges.total) },
    facts: [
      { term: "For", value: customer },
      { term: "Issued", value: exactDay(issuedAt, { zone, locale }) },
      { term: "Due", value: due },
      { term: "Terms", value: termsOf[terms].label },
    ],
    parts: [
      ...groups.flatMap((group) => groupParts(group, money)),
      { kind: "sums", rows: sumRows(charges, taxCertificate !== null).map(([term, amount]) => ({ term, value: money(amount) })) },
      ...(taxCertificate ? [{ kind: "text", tone: "soft", text: `Tax exempt, certificate ${taxCertificate}.` } as const] : []),
      { kind: "text", tone: "soft", text: `Please include ${invoiceNumber(number)} with your payment.` },
    ],
  };
}

const columns = [
  { title: "Work performed", grows: true },
  { title: "Part number" },
  { title: "Quantity", align: "right" },
  { title: "Each", align: "right" },
  { title: "Price", align: "right" },
] as const;

function groupParts({ unit, order, title, purchaseOrder, jobs, declined }: InvoiceGroup, money: (amount: Cents) => string): Part[] {
  return [
    { kind: "heading", plate: unit, docket: `WO-${order}`, title, ...(purchaseOrder ? { beside: `your PO ${purchaseOrder}` } : {}) },
    ...jobs.flatMap(({ complaint, correction, lines }): Part[] => [
      ...(complaint !== title ? [{ kind: "text", tone: "strong", text: complaint } as const] : []),
      ...(correction ? [{ kind: "text", tone: "soft", text: correction } as const] : []),
      {
        kind: "table",
        columns,
        rows: lines.map((line) => [
          [line.kind === "core" ? `${lineKindLabels.core}: ${line.text}` : line.text, formatDiscount(line), line.reason && `no charge: ${line.reason}`]
            .filter(Boolean)
            .join(", "),
          line.partNumber ?? "",
          formatQuantity(line),
          money(line.each),
          money(line.price),
        ]),
      },
    ]),
    ...(declined.length > 0
      ? ([
          { kind: "text", tone: "strong", text: "Recommended, declined" },
          { kind: "text", tone: "soft", text: declined.map(({ text, safety }) => (safety ? `${text} (safety)` : text)).join("; ") },
        ] as const)
      : []),
  ];
}
