import type { Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay } from "~/ui/moment";
import { lineKindLabels } from "../jobs/job";
import { formatQuantity } from "../jobs/job-form";
import type { OrderSummary } from "./order-summary";

export function orderSummaryDocument(order: OrderSummary, shop: Letterhead, { locale, zone }: { locale: string; zone: string }): PdfDocument {
  const { number, title, customer, unitNumber, unit, vin, purchaseOrder, completedAt, jobs } = order;
  const known = (term: string, value: string | null) => (value ? [{ term, value }] : []);
  return {
    kind: "Work summary",
    number: `WO-${number}`,
    reader: customer,
    locale,
    shop,
    stamp: null,
    figure: null,
    facts: [
      { term: "For", value: customer },
      { term: "Completed", value: exactDay(completedAt, { zone, locale }) },
      ...known("Unit", unit),
      ...known("VIN", vin),
      ...known("Your PO number", purchaseOrder),
    ],
    parts: [{ kind: "heading", plate: unitNumber, title }, ...jobs.flatMap((job) => jobParts(job, title))],
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
