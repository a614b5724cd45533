import { parseId } from "~/kernel/ids";
import { keyedHash, sameText } from "~/platform/crypto.server";
import type { PayLink, PaySubject } from "./pay-link";

const MARKS = { invoice: "i", estimate: "e" } as const;
const bare = (id: string): string => id.slice(id.indexOf("_") + 1);
const sealOf = (key: string, organizationId: string, id: string): string => keyedHash(key, "pay-link", `${organizationId} ${id}`).slice(0, 22);

/**
 * The token of `/pay/<token>`. It is the same in mail, on the PDF and behind "Copy link", and nothing is stored: it names
 * organization and record, sealed with the deployment's key. Whoever has it may see what is owed on that one record.
 */
export const payToken = (key: string, { organizationId, subject: { kind, id } }: PayLink): string =>
  `${MARKS[kind]}${bare(organizationId)}${bare(id)}${sealOf(key, organizationId, id)}`;

export function readPayToken(key: string, token: string | undefined): PayLink | null {
  const parts = /^([ie])([0-9a-z]{26})([0-9a-z]{26})([\w-]{22})$/.exec(token ?? "");
  const [, mark, organization, record, seal] = parts ?? [];
  const organizationId = parseId("organization", `org_${organization}`);
  if (!organizationId || !record || !seal) return null;
  const [invoice, estimate] = [parseId("invoice", `inv_${record}`), parseId("estimate", `est_${record}`)];
  const subject: PaySubject | null = mark === "i" && invoice ? { kind: "invoice", id: invoice } : estimate ? { kind: "estimate", id: estimate } : null;
  return subject && sameText(seal, sealOf(key, organizationId, subject.id)) ? { organizationId, subject } : null;
}
