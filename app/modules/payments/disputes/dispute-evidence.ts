import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney } from "~/kernel/money";
import { localText, type UtcMs } from "~/kernel/time";
import type { Decision } from "~/modules/estimates/revision";
import { invoiceNumber } from "~/modules/invoices/invoice";
import type { InvoiceGroup } from "~/modules/invoices/invoice-lines";

/** What speaks for a disputed payment: what the customer agreed to, and what was done and billed. */
export type EvidenceFacts = {
  approvals: readonly ({ estimate: number; revision: number } & Pick<
    Decision,
    "who" | "email" | "how" | "recordedBy" | "at" | "ip" | "hash" | "approvedTotal" | "drawn"
  >)[];
  invoices: readonly { id: Id<"invoice">; number: number | null; issuedAt: UtcMs | null; total: Cents; groups: readonly InvoiceGroup[] }[];
};

type Style = { currency: string; locale: string; zone: string };
const instantText = (at: UtcMs, zone: string): string => `${localText(at, zone).slice(0, 16).replace("T", " ")} (${zone})`;

/** Who approved a revision, when and how, with the hash of what was approved and the signature in words. */
export function approvalText({ estimate, revision, ...its }: EvidenceFacts["approvals"][number], { currency, locale, zone }: Style): string {
  const who = [its.who, its.email].filter(Boolean).join(", ");
  const how =
    its.how === "portal" ? "in the customer portal" : `${its.how === "phone" ? "by phone" : "in person"}, recorded by ${its.recordedBy ?? "the shop"}`;
  return [
    `Estimate E-${estimate}, revision ${revision}: ${formatMoney(its.approvedTotal, currency, locale)} approved by ${who} ${how} on ${instantText(its.at, zone)}.`,
    its.how === "portal" ? `Signed with the typed name "${its.who}"${its.drawn ? " and a drawn signature" : ""}.` : "",
    its.ip ? `IP address ${its.ip}.` : "",
    `SHA-256 of the approved revision: ${its.hash}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** What an invoice billed, in short: per unit its jobs and what was done. */
export function workText({ number, issuedAt, total, groups }: EvidenceFacts["invoices"][number], { currency, locale, zone }: Style): string {
  const work = groups.map(({ order, unit, jobs }) => {
    const done = jobs.map(({ complaint, correction, lines }) => {
      const parts = lines.map(({ text }) => text).join(", ");
      return `${complaint}: ${[correction, parts].filter(Boolean).join("; ")}`;
    });
    return `${unit}, work order ${order}. ${done.join(". ")}`;
  });
  const day = issuedAt === null ? "" : ` of ${localText(issuedAt, zone).slice(0, 10)}`;
  return [`${invoiceNumber(number)}${day}, ${formatMoney(total, currency, locale)}.`, ...work].join(" ");
}
