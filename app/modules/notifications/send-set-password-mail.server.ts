import { renderToStaticMarkup } from "react-dom/server";
import type { Id } from "~/kernel/ids";
import { homeOf, paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import { passwordToken } from "~/modules/people/links/sign-in-secrets.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Mailer } from "./mailer.server";
import { SetPasswordMail, setPasswordSubject, setPasswordText } from "./set-password.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; settings: { linkKey: string }; clock: Clock; mailer: Mailer };

/** A person who has a password is invited with a link to the sign-in page, because a shop must not reset a person's password. */
export async function sendSetPasswordMail(s: Needs, key: string, facts: { linkId: Id<"link">; reason: "invitation" | "reset" }): Promise<void> {
  const link = await s.directory.signInLink(facts.linkId);
  if (!link || link.usedAt !== null || link.expiresAt <= s.clock.now()) return;
  if (link.audience !== "staff" && link.audience !== "vendor") throw new Error("passwords are for staff and vendors");
  const [organization, account] = await Promise.all([s.directory.organization(s.db.scope.organizationId), s.directory.account(link.email)]);
  if (!organization) throw new Error("link without its organization");
  const hasPassword = facts.reason === "invitation" && account !== null && account.passwordHash !== null;
  const path = hasPassword ? homeOf[link.audience] : paths.setPassword(link.audience, passwordToken(s.settings.linkKey, link.audience, link.id));
  const mail = { organization, reason: facts.reason, audience: link.audience, link: organization.publicOrigin + path, hasPassword };
  await s.mailer.send({
    key,
    template: "set-password",
    from: organization.name,
    to: link.email,
    subject: setPasswordSubject(mail),
    html: `<!doctype html>${renderToStaticMarkup(SetPasswordMail(mail))}`,
    text: setPasswordText(mail),
  });
}
