import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { later, MINUTE, type UtcMs } from "~/kernel/time";
import { keyedHash, newToken, sameText } from "~/platform/crypto.server";

/** Who began to connect, where they come back to, and whether bank transfers were asked for. */
export type SquareState = { organizationId: Id<"organization">; sessionId: Id<"session">; origin: string; withBank: boolean };

const VALID_FOR = 10 * MINUTE;
const PURPOSE = "square-connect";
const shape = z.object({ organization: z.string(), session: z.string(), origin: z.url(), bank: z.boolean(), until: z.number() });

/** What Square hands back unchanged: signed, for one session of one organization, for ten minutes. */
export function squareState(linkKey: string, { organizationId, sessionId, origin, withBank }: SquareState, now: UtcMs): string {
  const facts = { organization: organizationId, session: sessionId, origin, bank: withBank, until: later(now, VALID_FOR), nonce: newToken() };
  const text = Buffer.from(JSON.stringify(facts)).toString("base64url");
  return `${text}.${keyedHash(linkKey, PURPOSE, text)}`;
}

/** Null where it is forged or its ten minutes are over. Whose session it is for, the caller checks. */
export function readSquareState(linkKey: string, state: string | null, now: UtcMs): SquareState | null {
  const [text, stamp] = state?.split(".") ?? [];
  if (!text || !stamp || !sameText(stamp, keyedHash(linkKey, PURPOSE, text))) return null;
  const { organization, session, origin, bank: withBank, until } = shape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  const [organizationId, sessionId] = [parseId("organization", organization), parseId("session", session)];
  return until > now && organizationId && sessionId ? { organizationId, sessionId, origin, withBank } : null;
}
