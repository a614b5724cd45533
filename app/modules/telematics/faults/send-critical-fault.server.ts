import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { unitDrivers } from "~/modules/assets/unit-drivers.step.server";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { pushDrivers } from "~/modules/notifications/push/queue-pushes.step.server";
import { type PushNeeds, sendPush } from "~/modules/notifications/push/send-push.step.server";
import { telematicsEffects } from "../telematics.effects";
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
  const at = s.clock.now();
  await pushDrivers(s, "faults", await unitDrivers(s.db, assetId, at), (membershipId, dueAt) =>
    telematicsEffects.of("push.critical-fault", `push:${key}:${membershipId}`, { membershipId, assetId, faultKey, at }, dueAt),
  );
}

/** The same to a driver who has the unit, as far as it is still reported. */
export async function pushCriticalFault(
  s: PushNeeds,
  key: string,
  { membershipId, assetId, faultKey, at }: { membershipId: Id<"membership">; assetId: Id<"asset">; faultKey: string; at: UtcMs },
): Promise<void> {
  const [found, fault] = [await findOpenFault(s.db, assetId, faultKey), faultOf(faultKey)];
  if (!found || !fault) return;
  const { title, code } = describeFault(fault);
  await sendPush(s, {
    audience: "driver",
    membershipId,
    event: "faults",
    key,
    at,
    group: `fault:${assetId}`,
    message: { title: criticalFaultSubject(found), body: `${title} (${code})`, path: paths.driver.unit(assetId), urgent: true },
  });
}
