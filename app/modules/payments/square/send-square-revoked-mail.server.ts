import { paths } from "~/kernel/paths";
import { type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { squareConnectionStore } from "./square-connection.store.server";
import { SquareRevokedMail, squareRevokedSubject, squareRevokedText } from "./square-revoked.email";

/** Notifies the office that access was removed at Square, unless somebody connected again since. */
export async function sendSquareRevokedMail(s: NotifyNeeds, key: string, { version }: { version: number }): Promise<void> {
  const { organizationId } = s.db.scope;
  const [connection, organization] = await Promise.all([squareConnectionStore(s.db).find(), s.directory.organization(organizationId)]);
  if (!connection || !organization) throw new Error("mail about a connection that does not exist");
  if (connection.version !== version) return;
  const facts = { organization, merchant: connection.merchantName, link: organization.publicOrigin + paths.staff.payments };
  const mail = { template: "square-revoked" as const, subject: squareRevokedSubject(facts), html: SquareRevokedMail(facts), text: squareRevokedText(facts) };
  await notifyStaff(s, key, { event: "square.revoked", about: { kind: "square-connection", id: organizationId, href: paths.staff.payments }, mail });
}
