import { renderToStaticMarkup } from "react-dom/server";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import { linkCode, linkToken } from "~/modules/people/links/sign-in-secrets.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { PortalInviteMail, portalInviteSubject, portalInviteText } from "./portal-invite.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; settings: { linkKey: string }; clock: Clock; mailer: Mailer };

export async function sendPortalInviteMail(s: Needs, key: string, id: Id<"link">): Promise<void> {
  const link = await s.directory.signInLink(id);
  if (!link || link.usedAt !== null || link.expiresAt <= s.clock.now()) return;
  const organization = await s.directory.organization(s.db.scope.organizationId);
  if (!organization) throw new Error("invite without its organization");
  const facts = {
    organization,
    portal: organization.publicOrigin + paths.customer.home,
    link: organization.publicOrigin + paths.customer.signInLink(linkToken(s.settings.linkKey, "customer", id)),
    code: linkCode(s.settings.linkKey, "customer", id),
  };
  await s.mailer.send({
    key,
    template: "portal-invite",
    from: organization.name,
    to: link.email,
    subject: portalInviteSubject(organization.name),
    html: `<!doctype html>${renderToStaticMarkup(PortalInviteMail(facts))}`,
    text: portalInviteText(facts),
  });
}
