import type { Portal } from "~/kernel/audience";
import { hmac, sameText } from "~/platform/crypto.server";
import type { Scope } from "~/platform/scope/scope.server";
import type { RecordName } from "../attachment";
import { readTicket, ticketText } from "./ticket";

/** The record that this person's ticket is for, or null. */
export function recordOfTicket({ db, settings }: { db: { scope: Scope<Portal> }; settings: { linkKey: string } }, ticket: string | null): RecordName | null {
  const read = readTicket(ticket);
  return read && sameText(read.signature, hmac(settings.linkKey, ticketText(db.scope, read.record)).toString("base64url")) ? read.record : null;
}
