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
import { isPlaced, needsEvidence, type PlacedDispute, whyGivenUp } from "./dispute";
import { disputeStore } from "./dispute.store.server";
import { approvalText, type EvidenceFacts, workText } from "./dispute-evidence";
import { endEvidence } from "./evidence.step.server";

type Needs = ApplyNeeds & {
  client: Pick<SquareClient, "dispute" | "addEvidenceText" | "addEvidenceFile" | "submitEvidence">;
  directory: Directory;
  settings: { linkKey: string };
  files: ScopedFiles;
  documents: Documents;
  facts(dispute: PlacedDispute): Promise<EvidenceFacts>;
};

class EvidenceRefused extends Error {}

/**
 * Sends what speaks for a disputed payment to Square and hands it to the bank: the approvals with their hashes and
 * signatures, what was done, and the invoices' PDFs. Begun again it adds nothing twice; throws while Square can't be
 * reached, until the dispute's time or most of a day is over.
 */
export async function sendEvidence(s: Needs, id: string): Promise<void> {
  const dispute = await disputeStore(s.db).find(id);
  if (dispute?.evidence !== "asked" || !isPlaced(dispute)) return;
  try {
    await endEvidence(s, dispute, await sent(s, dispute));
  } catch (cause) {
    if (cause instanceof EvidenceRefused) {
      log.warn("square.evidence-refused", { dispute: id });
      await endEvidence(s, dispute, { to: "failed", problem: cause.message });
      return;
    }
    await giveUpLate(s, dispute, cause);
  }
}

/** Sending that can't be begun, or came to nothing again: what stopped it is thrown while there is time, and then nobody knows. */
export async function giveUpLate(s: Pick<Needs, "db" | "clock" | "zone">, dispute: PlacedDispute, cause: unknown, instead?: string): Promise<void> {
  const why = whyGivenUp(dispute, s.clock.now());
  if (why === null) throw cause;
  log.error("square.evidence-given-up", cause, { dispute: dispute.id });
  const problem = cause instanceof SquareNotReached ? (instead ?? why) : "The evidence could not be put together.";
  await endEvidence(s, dispute, { to: "unknown", problem });
}

async function sent(s: Needs, dispute: PlacedDispute): Promise<Parameters<typeof endEvidence>[2]> {
  const { id } = dispute;
  const there = taken(id, await s.client.dispute(id));
  if (!there)
    return {
      to: "failed",
      problem: `The connected Square account, ${s.merchant.name}, does not know this dispute. Connect the account that took the payment, or answer in its dashboard.`,
    };
  // An attempt before this one may have got as far as the end.
  const isOpen = needsEvidence(there.state);
  if (isOpen) await send(s, dispute);
  const after = taken(id, await s.client.dispute(id));
  if (after) await applyDispute(s, after);
  const isSent = isOpen || after?.state === "PROCESSING" || after?.state === "INQUIRY_PROCESSING";
  return isSent ? { to: "sent" } : { to: "failed", problem: "The dispute was over before the evidence was sent." };
}

async function send(s: Needs, dispute: PlacedDispute): Promise<void> {
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
