import { type Cents, formatMoney } from "~/kernel/money";
import { formatDay } from "~/kernel/time";
import type { DistanceUnit } from "~/kernel/units";
import { billToParty, issuedBy } from "~/modules/customers/parties.pdf.server";
import { unitParts, withSafety } from "~/modules/work-orders/documents/unit-parts.pdf.server";
import { formatDiscount, formatQuantity } from "~/modules/work-orders/jobs/job";
import type { Fact, Letterhead, Part, PdfDocument } from "~/platform/pdf/document";
import { exactDay, exactMoment } from "~/ui/moment";
import { describeDecision } from "../describe-decision";
import { answeredCharges, type EstimateSnapshot, pricedOptions, type SnapshotGroup, type SnapshotLine } from "../estimate-snapshot";
import { estimateSums } from "../estimate-sums";
import { estimateNumber } from "../format";
import type { Decision, Revision } from "../revision";

/** A revision that was sent, and how it was answered. */
export type PrintedRevision = { state: Revision["state"]; offer: NonNullable<Revision["offer"]>; decision: Decision | null };

type Manner = { currency: string; locale: string; zone: string; distanceUnit: DistanceUnit };

/** A revision as the customer received it, with the evidence of the answer. */
export function estimateDocument({ state, offer, decision }: PrintedRevision, shop: Letterhead, manner: Manner): PdfDocument {
  const { currency, locale, zone } = manner;
  const { snapshot, hash, sentAt, sentBy } = offer;
  const { customer } = snapshot;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const charges = answeredCharges(snapshot, decision);
  const total = money(charges.total);
  const { sums, order } = estimateSums(snapshot, charges, money);
  return {
    kind: "Estimate",
    number: estimateNumber(snapshot.number),
    reader: customer,
    locale,
    shop: issuedBy(shop, snapshot.shop),
    stamp: state === "superseded" ? "Replaced" : state === "withdrawn" ? "Withdrawn" : null,
    figure: decision
      ? { term: describeDecision(decision, snapshot, manner), value: total }
      : { term: state === "withdrawn" ? "Nothing to decide" : `Valid until ${formatDay(snapshot.validThrough, locale)}`, value: total },
    parties: [billToParty(customer, snapshot.billTo, "For")],
    facts: [
      { term: "Revision", value: String(snapshot.revision) },
      { term: "Sent", value: `${exactDay(sentAt, { zone, locale })}, by ${sentBy}` },
    ],
    parts: [
      { kind: "heading", plate: snapshot.unitNumber, title: snapshot.title },
      ...unitParts(snapshot.unitFacts, manner, { when: "" }),
      ...(snapshot.note ? [{ kind: "text", text: snapshot.note } as const] : []),
      ...snapshot.groups.flatMap((group) => groupParts(snapshot, group, decision, money)),
      { kind: "sums", rows: sums.map(toFact) },
      ...(order.length > 0 ? [{ kind: "facts", facts: order.map(toFact) } as const] : []),
      ...(snapshot.deposit === null ? [] : [{ kind: "text", text: `A deposit of ${money(snapshot.deposit)} is due before work begins.` } as const]),
      ...(decision
        ? evidence(decision, money, manner)
        : [{ kind: "text", tone: "soft", text: `Your answer applies to this exact text, identified by SHA-256 ${hash}.` } as const]),
      ...(snapshot.shop?.paymentTerms ? [{ kind: "text", tone: "soft", text: snapshot.shop.paymentTerms } as const] : []),
    ],
  };
}

const toFact = ([term, value]: [string, string]) => ({ term, value });

const columns = [
  { title: "Recommended work", grows: true },
  { title: "Part number" },
  { title: "Quantity", align: "right" },
  { title: "Each", align: "right" },
  { title: "Price", align: "right" },
] as const;

function groupParts(snapshot: EstimateSnapshot, group: SnapshotGroup, decision: Decision | null, money: (amount: Cents) => string): Part[] {
  const { complaint, recommendation, together, options } = group;
  const answers = decision && decision.outcome !== "changes-requested" ? decision : null;
  const common = options ? group.lines.filter(({ option }) => option === undefined) : group.lines;
  const table = (lines: readonly SnapshotLine[]): Part => ({
    kind: "table",
    columns: answers ? [...columns, { title: "Answer", align: "right" }] : columns,
    rows: lines.map((line) => [
      [withSafety(line), formatDiscount(line)].filter(Boolean).join(", "),
      line.partNumber ?? "",
      formatQuantity(line),
      money(line.each),
      money(line.price),
      ...(answers ? [answerTo(line, answers)] : []),
    ]),
  });
  return [
    { kind: "text", tone: "strong", text: complaint },
    ...(recommendation ? [{ kind: "text", text: recommendation } as const] : []),
    ...(together && !options ? [{ kind: "text", tone: "soft", text: "All or nothing: these lines are approved together." } as const] : []),
    ...(options && common.length > 0 ? [{ kind: "text", tone: "soft", text: "In each option:" } as const] : []),
    ...(common.length > 0 ? [table(common)] : []),
    ...pricedOptions(snapshot, group).flatMap(({ id, name, lines, price, total }): Part[] => [
      { kind: "text", tone: "strong", text: `Option "${name}": ${money(price)}` },
      ...(answers
        ? []
        : [{ kind: "text", tone: "soft", text: id === options?.preselected ? "Counted in the total below" : `Total with it: ${money(total)}` } as const]),
      table(lines),
    ]),
  ];
}

const answerTo = ({ id }: SnapshotLine, { approved, declined }: Decision): string =>
  approved.includes(id) ? "Approved" : declined.includes(id) ? "Declined" : "Not chosen";

const ways = { portal: "In the portal", phone: "By phone", "in person": "In person" } satisfies Record<Decision["how"], string>;

/** The answer with the hash of the text it applies to. The address and browser that it came from are the shop's evidence and stay on its page. */
function evidence(decision: Decision, money: (amount: Cents) => string, { zone, locale }: Manner): Part[] {
  const { who, email, how, recordedBy, at, hash, outcome, approvedTotal, notToExceed, purchaseOrder, note, drawn } = decision;
  const known = (term: string, value: string | null): Fact[] => (value ? [{ term, value }] : []);
  return [
    { kind: "heading", title: "Customer's answer" },
    {
      kind: "facts",
      facts: [
        { term: "Answered by", value: [who, email].filter(Boolean).join(", ") },
        { term: "When", value: exactMoment(at, { zone, locale }) },
        { term: "How", value: recordedBy ? `${ways[how]}, recorded by ${recordedBy}` : ways[how] },
        ...(outcome === "changes-requested" ? [] : [{ term: "Approved", value: money(approvedTotal) }]),
        ...known("Not to exceed", notToExceed === null ? null : money(notToExceed)),
        ...known("Your PO number", purchaseOrder),
        ...known("Note", note),
        { term: "SHA-256 of the estimate", value: hash },
      ],
    },
    ...(drawn ? [{ kind: "drawing", term: "Signed", path: drawn } as const] : []),
  ];
}
