import { parseId, prefixes, type RecordKind } from "~/kernel/ids";
import type { RecordName } from "../attachment";

type Holder = { organizationId: string; audience: string; partyId: string | null };

/**
 * A page that shows a record vouches, by a signed ticket, that whoever looks at it may add files to it. So this module
 * needs to know no records, and nobody hangs a file on one that was never shown to them. A ticket holds for one party
 * of one shop. This is the text that is signed.
 */
export const ticketText = ({ organizationId, audience, partyId }: Holder, { kind, id }: RecordName): string =>
  ["attach", organizationId, audience, partyId ?? "", kind, id].join("\0");

export const ticketOf = ({ kind, id }: RecordName, signature: string): string => `${kind}.${id}.${signature}`;

/** What a ticket says, which is nothing before its signature was compared. */
export function readTicket(ticket: string | null): { record: RecordName; signature: string } | null {
  const [kind, id, signature, ...more] = (ticket ?? "").split(".");
  if (!kind || !id || !signature || more.length > 0 || !Object.hasOwn(prefixes, kind)) return null;
  const record = { kind: kind as RecordKind, id }; // a key of the table, as the line above found
  return parseId(record.kind, id) === null ? null : { record, signature };
}
