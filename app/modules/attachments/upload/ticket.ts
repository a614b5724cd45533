import { parseId, prefixes, type RecordKind } from "~/kernel/ids";
import type { RecordName } from "../attachment";

type Holder = { organizationId: string; audience: string; partyId: string | null };

/**
 * A page that shows a record issues a signed ticket that allows its user to add files to the record. So this module
 * doesn't need to know records, and no one can add a file to a record they never saw. A ticket is valid for one party of
 * one shop. This is the signed text.
 */
export const ticketText = ({ organizationId, audience, partyId }: Holder, { kind, id }: RecordName): string =>
  ["attach", organizationId, audience, partyId ?? "", kind, id].join("\0");

export const ticketOf = ({ kind, id }: RecordName, signature: string): string => `${kind}.${id}.${signature}`;

/** Parses a ticket. Its content must not be trusted before the signature is verified. */
export function readTicket(ticket: string | null): { record: RecordName; signature: string } | null {
  const [kind, id, signature, ...more] = (ticket ?? "").split(".");
  if (!kind || !id || !signature || more.length > 0 || !Object.hasOwn(prefixes, kind)) return null;
  const record = { kind: kind as RecordKind, id }; // checked in the line above
  return parseId(record.kind, id) === null ? null : { record, signature };
}
