import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { type Terms, terms as termsOf } from "~/kernel/payment-terms";
import { formatDay, type UtcMs } from "~/kernel/time";
import type { DistanceUnit } from "~/kernel/units";
import { billToParty, issuedBy, remitToParties } from "~/modules/customers/parties.pdf.server";
import { sumRows, suppliesLabel } from "~/modules/organizations/shop-rules/charges";
import { declinedParts, unitParts } from "~/modules/work-orders/documents/unit-parts.pdf.server";
import { formatDiscount, formatQuantity, lineKindLabels } from "~/modules/work-orders/jobs/job";
import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay } from "~/ui/moment";
import { qrPath } from "~/ui/qr-path";
import { type InvoiceContents, type InvoiceState, invoiceNumber } from "../invoice";
import type { InvoiceGroup } from "../invoice-lines";

/** Facts fixed at issue, and the day it was voided. Nothing else that can change later is printed. */
export type PrintedInvoice = {
  number: number;
  state: InvoiceState;
  contents: InvoiceContents;
  terms: Terms;
  issuedAt: UtcMs;
  dueDay: string;
  voidedAt: UtcMs | null;
};

type Manner = { currency: string; locale: string; zone: string; distanceUnit: DistanceUnit };

/** `payAt` is where it can be paid online: its own pay link, which shows what is open on the day that it is opened. */
export function invoiceDocument(invoice: PrintedInvoice, shop: Letterhead, manner: Manner, payAt: string | null = null): PdfDocument {
  const { number, state, contents, terms, issuedAt, dueDay, voidedAt } = invoice;
  const { currency, locale } = manner;
  const { customer, billTo, taxCertificate, groups, charges } = contents;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const isVoid = state === "void";
  const due = formatDay(dueDay, locale);
  const supplies = suppliesLabel(
    groups.map((group) => group.supplies),
    money,
  );
  return {
    kind: "Invoice",
    number: invoiceNumber(number),
    reader: customer,
    locale,
    shop: issuedBy(shop, contents.shop),
    stamp: isVoid ? "Void" : null,
    figure: isVoid ? { term: "No payment due", value: money(toCents(0)) } : { term: `Due by ${due}`, value: money(charges.total) },
    parties: [billToParty(customer, billTo), ...(isVoid ? [] : remitToParties(contents.shop))],
    facts: [
      { term: "Issued", value: exactDay(issuedAt, manner) },
      ...(isVoid
        ? [{ term: "Voided", value: exactDay(voidedAt ?? issuedAt, manner) }]
        : [
            { term: "Due", value: due },
            { term: "Terms", value: termsOf[terms].label },
          ]),
    ],
    parts: [
      ...groups.flatMap((group) => groupParts(group, money, manner)),
      { kind: "sums", rows: sumRows(charges, taxCertificate !== null, supplies).map(([term, amount]) => ({ term, value: money(amount) })) },
      ...(taxCertificate ? [{ kind: "text", tone: "soft", text: `Tax exempt, certificate ${taxCertificate}.` } as const] : []),
      ...(isVoid ? [] : paymentParts(contents.shop?.paymentTerms ?? null, `Please include ${invoiceNumber(number)} with your payment.`)),
      ...(isVoid || !payAt ? [] : [{ kind: "code", address: payAt, code: qrPath(payAt), ...PAY_ONLINE } as const]),
    ],
  };
}

// It stays on the paper of a paid invoice, so it promises no sum.
const PAY_ONLINE = {
  title: "Pay online",
  text: "Scan the code with your phone: the page shows what is open, and takes the payment. You don't need to sign in.",
};

/** The shop's terms, and what to write on a payment. */
const paymentParts = (paymentTerms: string | null, please: string): Part[] =>
  [please, ...(paymentTerms ? [paymentTerms] : [])].map((text) => ({ kind: "text", tone: "soft", text }));

const columns = [
  { title: "Work performed", grows: true },
  { title: "Part number" },
  { title: "Quantity", align: "right" },
  { title: "Each", align: "right" },
  { title: "Price", align: "right" },
] as const;

function groupParts({ unit, unitFacts, order, title, purchaseOrder, jobs, declined }: InvoiceGroup, money: (amount: Cents) => string, manner: Manner): Part[] {
  return [
    { kind: "heading", plate: unit, docket: `WO-${order}`, title },
    ...unitParts(unitFacts, manner, { purchaseOrder }),
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
    ...declinedParts(declined),
  ];
}
