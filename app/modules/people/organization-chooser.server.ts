import type { Portal } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { MINUTE, type UtcMs } from "~/kernel/time";
import { cookieLine } from "~/platform/http/cookie";
import { readSealedCookie, sealedCookie } from "./signed-cookie.server";

/** Time to choose a shop. */
const VALID_FOR = 5 * MINUTE;
const COOKIE = "__Host-choose";

const sealFor = (key: string, portal: Portal) => ({ name: COOKIE, purpose: `choose ${portal}`, key }) as const;

/** Proof, for this browser only, that the person has authenticated and only has to choose the shop. */
export const chooserCookie = (key: string, portal: Portal, account: Id<"account">, now: UtcMs): string =>
  sealedCookie(sealFor(key, portal), account, VALID_FOR, now);

export const clearChooserCookie = cookieLine(COOKIE, "", 0);

/** The account of the pending choice, or null if it is missing, forged, for another portal or expired. */
export const chooserAccount = (request: Request, key: string, portal: Portal, now: UtcMs): Id<"account"> | null =>
  parseId("account", readSealedCookie(request, sealFor(key, portal), now));
