import { billToParty } from "~/modules/customers/parties.pdf.server";
import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay } from "~/ui/moment";
import { formatQuantity, lineKindLabels } from "../jobs/job";
import type { OrderSummary } from "./order-summary";
import { declinedParts, unitParts } from "./unit-parts.pdf.server";

type Manner = { locale: string; zone: string } & Parameters<typeof unitParts>[1];

export function orderSummaryDocument(order: OrderSummary, shop: Letterhead, manner: Manner): PdfDocument {
  const { number, title, customer, billTo, unitNumber, unitFacts, purchaseOrder, completedAt, jobs, declined } = order;
  return {
    kind: "Work summary",
    number: `WO-${number}`,
    reader: customer,
    locale: manner.locale,
    shop,
    stamp: null,
    figure: null,
    parties: [billToParty(customer, billTo, "For")],
    facts: [{ term: "Completed", value: exactDay(completedAt, manner) }],
    parts: [
      { kind: "heading", plate: unitNumber, title },
      ...unitParts(unitFacts, manner, { purchaseOrder }),
      ...jobs.flatMap((job) => jobParts(job, title)),
      ...declinedParts(declined),
    ],
  };
}

const columns = [{ title: "Work performed", grows: true }, { title: "Kind" }, { title: "Part number" }, { title: "Quantity", align: "right" }] as const;

function jobParts({ complaint, correction, lines }: OrderSummary["jobs"][number], title: string): Part[] {
  return [
    ...(complaint !== title ? [{ kind: "text", tone: "strong", text: complaint } as const] : []),
    ...(correction ? [{ kind: "text", text: correction } as const] : []),
    {
      kind: "table",
      columns,
      rows: lines.map((line) => [line.text, lineKindLabels[line.kind], line.partNumber ?? "", formatQuantity(line)]),
    },
  ];
}
