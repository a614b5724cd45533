import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { formatDay, formatShortDay } from "~/kernel/time";
import type { BillTo } from "~/modules/customers/bill-to";
import { billToParty, remitToParties } from "~/modules/customers/parties.pdf.server";
import type { ShopParty } from "~/modules/organizations/shop-party";
import type { Letterhead, PdfDocument } from "~/platform/pdf/document";
import { balanceLabel } from "./balance-label";
import { entryLabel, type Statement } from "./statement";

/** A customer's statement. It is rendered on request and not stored. `note`: what is written under the sums, such as of money on its way. */
export function statementDocument(
  statement: Statement & { customer: string; billTo: BillTo },
  shop: Letterhead,
  { currency, locale, remitTo, paymentTerms }: { currency: string; locale: string } & Pick<ShopParty, "remitTo" | "paymentTerms">,
  note: string | null = null,
): PdfDocument {
  const { customer, billTo, from, through, opening, lines, charged, credited, closing } = statement;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const balance = balanceLabel(closing);
  const day = (text: string) => formatDay(text, locale);
  return {
    kind: "Statement",
    number: `${formatShortDay(from, locale)} to ${formatShortDay(through, locale)}`,
    reader: customer,
    locale,
    shop,
    stamp: null,
    figure: { term: `${balance.term} as of ${day(through)}`, value: money(balance.amount) },
    parties: [billToParty(customer, billTo), ...remitToParties({ remitTo })],
    facts: [
      { term: "From", value: day(from) },
      { term: "Through", value: day(through) },
    ],
    parts: [
      {
        kind: "table",
        columns: [
          { title: "Day" },
          { title: "Description", grows: true },
          { title: "Charged", align: "right" },
          { title: "Paid or credited", align: "right" },
          { title: "Balance", align: "right" },
        ],
        rows: [
          [day(from), "Balance forward", "", "", money(opening)],
          ...lines.map((line) => [
            day(line.on),
            entryLabel(line),
            line.amount >= 0 ? money(line.amount) : "",
            line.amount < 0 ? money(toCents(-line.amount)) : "",
            money(line.balance),
          ]),
        ],
      },
      {
        kind: "sums",
        rows: [
          { term: "Balance forward", value: money(opening) },
          { term: "Charged", value: money(charged) },
          { term: "Paid or credited", value: money(credited) },
          { term: balance.term, value: money(balance.amount) },
        ],
      },
      ...(note ? [{ kind: "text", text: note } as const] : []),
      ...(paymentTerms ? [{ kind: "text", tone: "soft", text: paymentTerms } as const] : []),
    ],
  };
}
