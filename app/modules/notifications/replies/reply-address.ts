import { type Id, parseId, prefixes } from "~/kernel/ids";

/**
 * The address that a reply to a mail goes to. It names the shop and the mail's tag, which nobody can guess: who writes to
 * it has had the mail. Small letters and digits only, because mail programs may change the case; 59 of the 64 characters
 * that RFC 5321 allows before the @.
 */
export const replyAddress = (domain: string, organizationId: Id<"organization">, tag: string): string =>
  `r${organizationId.slice(prefixes.organization.length + 1)}${tag}@${domain}`;

/** The mail that somebody replied to, by the recipients of the reply; null if none of them is such an address. */
export function readReplyAddress(domain: string, recipients: readonly string[]): { organizationId: Id<"organization">; tag: string } | null {
  for (const recipient of recipients) {
    const [, organization, tag, at] = /(?:^|<|\s)r([0-9a-z]{26})([0-9a-f]{32})@([\w.-]{1,200})/.exec(recipient.toLowerCase()) ?? [];
    const organizationId = parseId("organization", `${prefixes.organization}_${organization}`);
    if (organizationId && tag && at === domain.toLowerCase()) return { organizationId, tag };
  }
  return null;
}
