import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { CriticalFaultMail, criticalFaultSubject, criticalFaultText } from "./critical-fault.email";
import { describeFault, faultOf } from "./faults";
import { findOpenFault } from "./open-fault.store.server";

/**
 * Notifies the office, and the contacts who ask for it, of a fault with which a unit should stop, as far as it is still
 * reported. The customer is mailed only where the shop shares the unit's live data.
 */
export async function sendCriticalFault(s: NotifyNeeds, key: string, { assetId, faultKey }: { assetId: Id<"asset">; faultKey: string }): Promise<void> {
  const [organization, found] = await Promise.all([s.directory.organization(s.db.scope.organizationId), findOpenFault(s.db, assetId, faultKey)]);
  if (!organization) throw new Error("critical fault without its organization");
  const fault = faultOf(faultKey);
  if (!found || !fault) return;
  const { unitNumber, customer, since } = found;
  const facts = { organization, unitNumber, customer, fault: describeFault(fault), since };
  const mail = (href: string) => {
    const its = { ...facts, link: organization.publicOrigin + href };
    return { template: "critical-fault" as const, subject: criticalFaultSubject(its), html: CriticalFaultMail(its), text: criticalFaultText(its) };
  };
  const href = paths.staff.asset(assetId);
  const office = (await s.directory.staffOf(organization.id)).filter(({ role }) => role !== "technician").map(({ id }) => id);
  await notifyStaff(s, key, { event: "fault.critical", about: { kind: "asset", id: assetId, href }, inHand: office, mail: mail(href) });
  if (!found.unitShares || !found.shares) return;
  const contacts = await contactRecipients(s.db, found.customerId, "faults");
  await mailEach(s.mailer, `${key}:customer`, organization, contacts, mail(paths.customer.asset(assetId)));
}
