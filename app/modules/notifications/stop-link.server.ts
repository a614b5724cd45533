import { type Id, parseId, prefixes } from "~/kernel/ids";
import { keyedHash, sameText } from "~/platform/crypto.server";
import type { MailReader } from "./mail";
import { type NotificationRow, rowsFor } from "./notification-table";

export type StopLink = { organizationId: Id<"organization">; reader: MailReader; row: NotificationRow };

const MARKS = { staff: "s", customer: "c", vendor: "v" } as const;
const bare = (id: string): string => id.slice(id.indexOf("_") + 1);
const sealOf = (key: string, organizationId: string, { audience, event, person }: MailReader): string =>
  keyedHash(key, "stop-link", `${organizationId} ${audience} ${person} ${event}`).slice(0, 22);

/** The address of a person in a shop that stops the mails of an event: no session, nothing stored, sealed with the deployment's key. */
export const stopPath = (key: string, organizationId: Id<"organization">, reader: MailReader): string =>
  `/stop-mail/${MARKS[reader.audience]}${bare(organizationId)}${bare(reader.person)}${sealOf(key, organizationId, reader)}${reader.event}`;

/** Reads the token of such an address; null for a changed one, and for an event that can't be switched off. */
export function readStopToken(key: string, token: string | undefined): StopLink | null {
  const [, mark, organization, its, seal, event] = /^([scv])([0-9a-z]{26})([0-9a-z]{26})([\w-]{22})([a-z.-]{1,60})$/.exec(token ?? "") ?? [];
  const organizationId = parseId("organization", `${prefixes.organization}_${organization}`);
  const audience = (["staff", "customer", "vendor"] as const).find((one) => MARKS[one] === mark);
  const person =
    audience && (audience === "customer" ? parseId("contact", `${prefixes.contact}_${its}`) : parseId("membership", `${prefixes.membership}_${its}`));
  if (!organizationId || !audience || !person || !seal || !event) return null;
  const reader = { audience, person, event };
  const row = rowsFor(audience).find((one) => one.event === event && !one.always);
  return row && sameText(seal, sealOf(key, organizationId, reader)) ? { organizationId, reader, row } : null;
}
