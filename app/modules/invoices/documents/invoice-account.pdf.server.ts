import { type Cents, formatMoney, sumCents, toCents } from "~/kernel/money";
import { formatDay } from "~/kernel/time";
import { billToParty, remitToParties } from "~/modules/customers/parties.pdf.server";
import type { ShopParty } from "~/modules/organizations/shop-party";
import type { Letterhead, PdfDocument } from "~/platform/pdf/document";
import { invoiceNumber } from "../invoice";
import type { PrintedInvoice } from "./invoice.pdf.server";
import { type AccountLine, accountLineLabel } from "./invoice-account";

type Manner = { currency: string; locale: string } & Pick<ShopParty, "remitTo" | "paymentTerms">;
type AsOf = { today: string /** Of the issued invoice's PDF. */; sha256: string };

/** The account of an issued invoice as of a day: a document of its own, which follows the invoice in a copy of it. `note`: such as of money on its way. */
export function invoiceAccountDocument(
  { number, contents, dueDay }: PrintedInvoice,
  lines: readonly AccountLine[],
  { today, sha256 }: AsOf,
  shop: Letterhead,
  { currency, locale, remitTo, paymentTerms }: Manner,
  note: string | null = null,
): PdfDocument {
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const { customer, billTo, charges } = contents;
  const paid = sumCents(lines.map(({ amount }) => amount));
  const balance = toCents(charges.total - paid);
  const asOf = formatDay(today, locale);
  let open = charges.total;
  return {
    kind: "Account",
    number: invoiceNumber(number),
    reader: customer,
    locale,
    shop,
    stamp: balance <= 0 ? "Paid" : null,
    figure: { term: balance <= 0 ? `Paid in full as of ${asOf}` : `Balance due as of ${asOf}`, value: money(balance) },
    parties: [billToParty(customer, billTo), ...(balance > 0 ? remitToParties({ remitTo }) : [])],
    facts: balance > 0 ? [{ term: "Due", value: formatDay(dueDay, locale) }] : [],
    parts: [
      {
        kind: "text",
        text: `Payments and credits on invoice ${invoiceNumber(number)} through ${asOf}. The invoice itself is on the pages before this one, as it was issued.`,
      },
      ...(lines.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "Day" },
                { title: "Description", grows: true as const },
                { title: "Paid or credited", align: "right" as const },
                { title: "Balance", align: "right" as const },
              ],
              rows: lines.map((line) => {
                open = toCents(open - line.amount);
                return [formatDay(line.day, locale), accountLineLabel(line), money(line.amount), money(open)];
              }),
            },
          ]),
      {
        kind: "sums",
        rows: [
          { term: "Invoice total", value: money(charges.total) },
          { term: "Paid and credited", value: money(paid) },
          { term: "Balance due", value: money(balance) },
        ],
      },
      ...(note ? [{ kind: "text", text: note } as const] : []),
      ...(balance > 0 && paymentTerms ? [{ kind: "text", tone: "soft", text: paymentTerms } as const] : []),
      { kind: "text", tone: "soft", text: `SHA-256 of the issued invoice: ${sha256}` },
    ],
  };
}
