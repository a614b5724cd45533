import type { Result } from "~/kernel/result";
import { printInvoice } from "~/modules/invoices/documents/print-invoice.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { log } from "~/platform/log.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { type ApplyNeeds, SquareNotReached } from "../apply-payment.server";
import { entryIdOf } from "../entry-id.server";
import type { SquareClient, SquareEvidenceType, SquareFault } from "../square/square";
import { faultMessage } from "../square/square-connection";
import { applyDispute } from "./apply-dispute.server";
import type { Dispute } from "./dispute";
import { disputeStore } from "./dispute.store.server";
import { approvalText, type EvidenceFacts, workText } from "./dispute-evidence";
import { endEvidence } from "./evidence.step.server";

type Needs = ApplyNeeds & {
  client: Pick<SquareClient, "dispute" | "addEvidenceText" | "addEvidenceFile" | "submitEvidence">;
  directory: Directory;
  settings: { linkKey: string };
  files: ScopedFiles;
  documents: Documents;
  facts(dispute: Dispute): Promise<EvidenceFacts>;
};

class EvidenceRefused extends Error {}

/**
 * Sends what speaks for a disputed payment to Square and hands it to the bank: the approvals with their hashes and
 * signatures, what was done, and the invoices' PDFs. Begun again it adds nothing twice; throws while Square can't be reached.
 */
export async function sendEvidence(s: Needs, id: string): Promise<void> {
  const dispute = await disputeStore(s.db).find(id);
  if (dispute?.evidence !== "asked") return;
  const there = taken(id, await s.client.dispute(id));
  // An attempt before this one may have got as far as the end.
  const isOpen = there?.state === "EVIDENCE_REQUIRED" || there?.state === "INQUIRY_EVIDENCE_REQUIRED";
  try {
    if (isOpen) await send(s, dispute);
  } catch (cause) {
    if (!(cause instanceof EvidenceRefused)) throw cause;
    log.warn("square.evidence-refused", { dispute: id });
    await endEvidence(s, dispute, cause.message);
    return;
  }
  const after = taken(id, await s.client.dispute(id));
  if (after) await applyDispute(s, after);
  const isSent = isOpen || after?.state === "PROCESSING" || after?.state === "INQUIRY_PROCESSING";
  await endEvidence(s, dispute, isSent ? null : "The dispute was over before the evidence was sent.");
}

async function send(s: Needs, dispute: Dispute): Promise<void> {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  if (!organization) throw new Error("a dispute without its organization");
  const { approvals, invoices } = await s.facts(dispute);
  const texts: [SquareEvidenceType, string][] = [
    ...approvals.map((one): [SquareEvidenceType, string] => ["AUTHORIZATION_DOCUMENTATION", approvalText(one, organization)]),
    ...invoices.map((one): [SquareEvidenceType, string] => ["SERVICE_RECEIVED_DOCUMENTATION", workText(one, organization)]),
  ];
  const base = (what: string, type: SquareEvidenceType) => ({
    idempotencyKey: entryIdOf(s.entryKey, s.db.scope.organizationId, `${dispute.id} ${what}`),
    disputeId: dispute.id,
    type,
  });
  for (const [at, [type, text]] of texts.entries()) taken(dispute.id, await s.client.addEvidenceText({ ...base(`text ${at} ${text}`, type), text }));
  for (const invoice of invoices) {
    const paper = await printInvoice(s, invoice.id);
    if (!paper) continue;
    const pdf = await s.documents.read(paper);
    taken(dispute.id, await s.client.addEvidenceFile({ ...base(`file ${paper.sha256}`, "RECEIPT"), name: paper.name, pdf }));
  }
  taken(dispute.id, await s.client.submitEvidence(dispute.id));
}

/** What Square answered; a refusal is final, anything else is tried again. */
function taken<T>(id: string, answer: Result<T, SquareFault>): T {
  if (answer.ok) return answer.value;
  if (answer.error.kind !== "squareRefused") throw new SquareNotReached(`evidence for ${id}: ${answer.error.kind}`);
  throw new EvidenceRefused(`${faultMessage(answer.error)} ${answer.error.detail}`.trim());
}
