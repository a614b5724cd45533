import { type Cents, formatMoney } from "~/kernel/money";
import { sumRows } from "~/modules/organizations/shop-rules/charges";
import { discountWords } from "~/modules/work-orders/jobs/job";
import { quantityWords } from "~/modules/work-orders/jobs/job-form";
import type { Fact, Letterhead, Paper, Part } from "~/platform/pdf/document";
import { exactDay, exactMoment } from "~/ui/moment";
import type { ShownGroup } from "../estimate-snapshot";
import { dayInWords, decisionInWords, estimateNumber } from "../format";
import type { Decision, Revision } from "../revision";

/** A revision that was sent, and how it was answered. */
export type PrintedRevision = { customer: string; state: Revision["state"]; offer: NonNullable<Revision["offer"]>; decision: Decision | null };

type Manner = { currency: string; locale: string; zone: string };

/** One revision as the customer was sent it, with the evidence of who answered what, when and from where. */
export function estimatePaper({ customer, state, offer, decision }: PrintedRevision, shop: Letterhead, manner: Manner): Paper {
  const { currency, locale, zone } = manner;
  const { shown, hash, sentAt, sentBy } = offer;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const whole = money(shown.charges.total);
  return {
    kind: "Estimate",
    number: estimateNumber(shown.number),
    reader: customer,
    locale,
    shop,
    stamp: state === "superseded" ? "Replaced" : null,
    figure: decision
      ? { term: decisionInWords(decision, shown, manner), value: whole }
      : { term: `Stands until the end of ${dayInWords(shown.validThrough, locale)}`, value: whole },
    facts: [
      { term: "For", value: customer },
      { term: "Unit", value: [shown.unitNumber, shown.unit].filter(Boolean).join(", ") },
      { term: "Revision", value: String(shown.revision) },
      { term: "Sent", value: `${exactDay(sentAt, { zone, locale })}, by ${sentBy}` },
    ],
    parts: [
      { kind: "heading", plate: shown.unitNumber, title: shown.title },
      ...(shown.note ? [{ kind: "text", text: shown.note } as const] : []),
      ...shown.groups.flatMap((group) => groupParts(group, decision, money)),
      { kind: "sums", rows: sumRows(shown.charges, shown.taxExempt).map(([term, amount]) => ({ term, value: money(amount) })) },
      ...(shown.deposit === null ? [] : [{ kind: "text", text: `A deposit of ${money(shown.deposit)} is asked for before the work begins.` } as const]),
      ...(decision
        ? evidence(decision, money, manner)
        : [{ kind: "text", look: "soft", text: `An answer is bound to exactly this text, by its SHA-256 ${hash}.` } as const]),
    ],
  };
}

const columns = [
  { title: "What we suggest", grows: true },
  { title: "Part number" },
  { title: "Quantity", align: "right" },
  { title: "Each", align: "right" },
  { title: "Price", align: "right" },
] as const;

function groupParts({ complaint, recommendation, together, lines }: ShownGroup, decision: Decision | null, money: (amount: Cents) => string): Part[] {
  const answers = decision && decision.outcome !== "changes-requested" ? decision : null;
  const approved = new Set(answers?.approved);
  return [
    { kind: "text", look: "strong", text: complaint },
    ...(recommendation ? [{ kind: "text", text: recommendation } as const] : []),
    ...(together ? [{ kind: "text", look: "soft", text: "All or nothing: these lines belong together." } as const] : []),
    {
      kind: "table",
      columns: answers ? [...columns, { title: "Answer", align: "right" }] : columns,
      rows: lines.map((line) => [
        [line.text, discountWords(line)].filter(Boolean).join(", "),
        line.partNumber ?? "",
        quantityWords(line),
        money(line.each),
        money(line.price),
        ...(answers ? [approved.has(line.id) ? "Approved" : "Declined"] : []),
      ]),
    },
  ];
}

const ways = { portal: "In the portal", phone: "On the phone", "in person": "In person" } satisfies Record<Decision["how"], string>;

/** Everything that is known about an answer, bound to the very text that was answered. */
function evidence(decision: Decision, money: (amount: Cents) => string, { zone, locale }: Manner): Part[] {
  const { who, email, how, recordedBy, at, ip, agent, hash, outcome, approvedTotal, notToExceed, purchaseOrder, note, drawn } = decision;
  const known = (term: string, value: string | null): Fact[] => (value ? [{ term, value }] : []);
  return [
    { kind: "heading", title: "The answer" },
    {
      kind: "facts",
      facts: [
        { term: "Answered by", value: [who, email].filter(Boolean).join(", ") },
        { term: "When", value: exactMoment(at, { zone, locale }) },
        { term: "How", value: recordedBy ? `${ways[how]}, written down by ${recordedBy}` : ways[how] },
        ...(outcome === "changes-requested" ? [] : [{ term: "Approved", value: money(approvedTotal) }]),
        ...known("Not to exceed", notToExceed === null ? null : money(notToExceed)),
        ...known("From address", ip),
        ...known("With", agent),
        ...known("Your order number", purchaseOrder),
        ...known("Note", note),
        { term: "To exactly this text, by its SHA-256", value: hash },
      ],
    },
    ...(drawn ? [{ kind: "drawing", term: "Signed", path: drawn } as const] : []),
  ];
}
