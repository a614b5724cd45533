import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import { type Clock, later, MINUTE } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";
import { codeHash, linkCode, linkToken, tokenHash } from "./sign-in-secrets.server";

const VALID_FOR = 15 * MINUTE;
const MAX_CODE_ATTEMPTS = 5;

type Needs = { directory: Directory; clock: Clock; settings: { linkKey: string } };
/** Without an account the row is the same but never works, so it doesn't reveal that the address is unknown. */
type NewLink = { audience: Portal; email: string; accountId: Id<"account"> | null; organizationId: Id<"organization"> | null; leadsTo?: string | null };

/** Creates a link to be mailed. Its token and code are derived when the mail is rendered, and never stored. */
export async function newSignInLink(s: Needs, link: NewLink, id: Id<"link"> = newId("link", s.clock.now())): Promise<Id<"link">> {
  const now = s.clock.now();
  const key = s.settings.linkKey;
  await s.directory.addSignInLink({
    id,
    tokenHash: tokenHash(linkToken(key, link.audience, id)),
    codeHash: codeHash(key, id, linkCode(key, link.audience, id)),
    purpose: "sign-in",
    ...link,
    attemptsLeft: MAX_CODE_ATTEMPTS,
    createdAt: now,
    expiresAt: later(now, VALID_FOR),
  });
  return id;
}
