import type { Portal } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { DAY, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";
import { networkBehind } from "~/platform/http/origin.server";
import { readSealedCookie, sealedCookie } from "./signed-cookie.server";

/** Time to choose a shop. */
const VALID_FOR = 5 * MINUTE;
const COOKIE = "__Host-choose";

/** Sealed for the browser and network that it was given to: copied elsewhere, the cookie opens nothing. */
function sealFor(request: Request, key: string, portal: Portal) {
  const holder = sha256(`${networkBehind(request)}\0${request.headers.get("User-Agent") ?? ""}`);
  return { name: COOKIE, purpose: `choose ${portal} ${holder}`, key } as const;
}

/** Proof, for the browser that asked, that the person has authenticated and only has to choose the shop. */
export const chooserCookie = (request: Request, key: string, portal: Portal, account: Id<"account">, now: UtcMs): string =>
  sealedCookie(sealFor(request, key, portal), account, VALID_FOR, now);

export const clearChooserCookie = cookieLine(COOKIE, "", 0);

/** The account of the pending choice, or null if it is missing, forged, for another portal or expired. */
export const chooserAccount = (request: Request, key: string, portal: Portal, now: UtcMs): Id<"account"> | null =>
  parseId("account", readSealedCookie(request, sealFor(request, key, portal), now));

/** Spends the choice: it is good for one sign-in. Counted under the end of its time, so that no midnight lies between two. */
export async function spendChoice({ directory }: { directory: Directory }, request: Request): Promise<boolean> {
  const note = readCookie(request, COOKIE) ?? "";
  return (await directory.countAttempt([`choice ${sha256(note)}`], DAY, toUtcMs(Number(note.split(".")[1]) || 0))) === 1;
}
