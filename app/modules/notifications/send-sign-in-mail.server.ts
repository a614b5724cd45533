import { renderToStaticMarkup } from "react-dom/server";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import { linkCode, linkToken } from "~/modules/people/links/sign-in-secrets.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { Mailer } from "./mailer.server";
import { SignInMail, signInSubject, signInText } from "./sign-in.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; settings: Settings; clock: Clock; mailer: Mailer };

/** Renders the same bytes on every attempt, because the link's secrets are derived from its id. An expired link is not mailed. */
export async function sendSignInMail(s: Needs, key: string, id: Id<"link">): Promise<void> {
  const link = await s.directory.signInLink(id);
  if (!link || link.usedAt !== null || link.expiresAt <= s.clock.now()) return;
  const organization = await s.directory.organization(s.db.scope.organizationId);
  if (!organization) throw new Error("link without its organization");
  const portal = link.audience === "driver" ? paths.driver : paths.customer;
  const facts = {
    organization,
    link: organization.publicOrigin + portal.signInLink(linkToken(s.settings.linkKey, link.audience, id)),
    code: linkCode(s.settings.linkKey, link.audience, id),
  };
  await s.directory.markLinkMailed(id, s.clock.now());
  await s.mailer.send({
    key,
    template: "sign-in",
    from: organization.name,
    to: link.email,
    subject: signInSubject(organization.name),
    html: `<!doctype html>${renderToStaticMarkup(SignInMail(facts))}`,
    text: signInText(facts),
  });
}
