import type { Portal } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { DAY, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";
import { readSealedCookie, sealedCookie } from "./signed-cookie.server";

/** Long enough to read a list of shops. */
const VALID_FOR = 5 * MINUTE;
const COOKIE = "__Host-choose";

const sealFor = (key: string, portal: Portal) => ({ name: COOKIE, purpose: `choose ${portal}`, key }) as const;

/** Proof, in this browser alone, that somebody has just come through the door and only has to say to which shop. */
export const chooserCookie = (key: string, portal: Portal, account: Id<"account">, now: UtcMs): string =>
  sealedCookie(sealFor(key, portal), account, VALID_FOR, now);

export const clearChooserCookie = cookieLine(COOKIE, "", 0);

/** Whose choice this browser holds, or null where it is missing, forged, for another face or too old. */
export const chooserAccount = (request: Request, key: string, portal: Portal, now: UtcMs): Id<"account"> | null =>
  parseId("account", readSealedCookie(request, sealFor(key, portal), now));

/** Spends the choice: it is good for one sign-in. Counted under the end of its time, so that no midnight lies between two. */
export async function spendChoice({ directory }: { directory: Directory }, request: Request): Promise<boolean> {
  const note = readCookie(request, COOKIE) ?? "";
  return (await directory.countAttempt([`choice ${sha256(note)}`], DAY, toUtcMs(Number(note.split(".")[1]) || 0))) === 1;
}
