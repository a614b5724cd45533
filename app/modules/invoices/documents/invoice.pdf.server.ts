import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { formatDay } from "~/modules/estimates/format";
import { sumRows } from "~/modules/organizations/shop-rules/charges";
import { formatDiscount, lineKindLabels } from "~/modules/work-orders/jobs/job";
import { formatQuantity } from "~/modules/work-orders/jobs/job-form";
import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay } from "~/ui/moment";
import { type InvoiceContents, type InvoiceState, invoiceNumber, type Terms, terms as termsOf } from "../invoice";
import type { InvoiceGroup } from "../invoice-lines";

/** What was fixed when it was issued: nothing that may change after is on its paper. */
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
    figure: isVoid ? { term: "Nothing is to be paid", value: money(toCents(0)) } : { term: `To pay by ${due}`, value: money(charges.total) },
    facts: [
      { term: "For", value: customer },
      { term: "Issued", value: exactDay(issuedAt, { zone, locale }) },
      { term: "Due", value: due },
      { term: "Terms", value: termsOf[terms].label },
    ],
    parts: [
      ...groups.flatMap((group) => groupParts(group, money)),
      { kind: "sums", rows: sumRows(charges, taxCertificate !== null).map(([term, amount]) => ({ term, value: money(amount) })) },
      ...(taxCertificate ? [{ kind: "text", tone: "soft", text: `Free of tax under certificate ${taxCertificate}.` } as const] : []),
      { kind: "text", tone: "soft", text: `Please name ${invoiceNumber(number)} when you pay.` },
    ],
  };
}

const columns = [
  { title: "What was done", grows: true },
  { title: "Part number" },
  { title: "Quantity", align: "right" },
  { title: "Each", align: "right" },
  { title: "Price", align: "right" },
] as const;

function groupParts({ unit, order, title, purchaseOrder, jobs }: InvoiceGroup, money: (amount: Cents) => string): Part[] {
  return [
    { kind: "heading", plate: unit, docket: `WO-${order}`, title, ...(purchaseOrder ? { beside: `Your order ${purchaseOrder}` } : {}) },
    ...jobs.flatMap(({ complaint, correction, lines }): Part[] => [
      ...(complaint !== title ? [{ kind: "text", tone: "strong", text: complaint } as const] : []),
      ...(correction ? [{ kind: "text", tone: "soft", text: correction } as const] : []),
      {
        kind: "table",
        columns,
        rows: lines.map((line) => [
          [line.kind === "core" ? `${lineKindLabels.core}: ${line.text}` : line.text, formatDiscount(line)].filter(Boolean).join(", "),
          line.partNumber ?? "",
          formatQuantity(line),
          money(line.each),
          money(line.price),
        ]),
      },
    ]),
  ];
}
