import type { Face } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { MINUTE, type UtcMs } from "~/kernel/time";
import { cookieLine } from "~/platform/http/cookie";
import { sealedCookie, sealedNote } from "./signed-cookie.server";

/** Long enough to read a list of shops. */
const VALID_FOR = 5 * MINUTE;
const COOKIE = "__Host-choose";

const sealFor = (key: string, face: Face) => ({ name: COOKIE, purpose: `choose ${face}`, key }) as const;

/** Proof, in this browser alone, that somebody has just come through the door and only has to say to which shop. */
export const choiceCookie = (key: string, face: Face, account: Id<"account">, now: UtcMs): string => sealedCookie(sealFor(key, face), account, VALID_FOR, now);

export const endChoice = cookieLine(COOKIE, "", 0);

/** Whose choice this browser holds, or null where it is missing, forged, for another face or too old. */
export const chooserIn = (request: Request, key: string, face: Face, now: UtcMs): Id<"account"> | null =>
  parseId("account", sealedNote(request, sealFor(key, face), now));
