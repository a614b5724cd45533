import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { formatRemaining, scheduleStateLabels } from "../format-due";
import { scheduleStore } from "../schedule.store.server";
import { MaintenanceDueMail, maintenanceDueSubject, maintenanceDueText } from "./maintenance-due.email";
import { unitOfMail } from "./unit-of-mail.store.server";

/** Notifies the office, and the contacts who ask for it, of what became due on a unit, as far as it still is. */
export async function sendMaintenanceDue(
  s: NotifyNeeds,
  key: string,
  { assetId, scheduleIds }: { assetId: Id<"asset">; scheduleIds: readonly Id<"schedule">[] },
): Promise<void> {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  const unit = await unitOfMail(s.db, assetId);
  if (!organization || !unit) throw new Error("mail about maintenance of a unit that does not exist");
  const [found] = await scheduleStore(s.db).units([assetId], s.clock.now(), organization.zone);
  const due = (found?.schedules ?? []).filter(
    ({ id, status, openOrder }) => scheduleIds.includes(id) && openOrder === null && (status.state === "due" || status.state === "overdue"),
  );
  // Done, put on an order or archived meanwhile.
  if (due.length === 0 || unit.archivedAt !== null) return;
  const facts = {
    organization,
    unitNumber: unit.unitNumber,
    customer: unit.customer,
    services: due.map(
      ({ name, status }) =>
        `${name}: ${[scheduleStateLabels[status.state].toLowerCase(), status.first && formatRemaining(status.first, organization)].filter(Boolean).join(", ")}`,
    ),
    overdue: due.filter(({ status }) => status.state === "overdue").length,
  };
  const mail = (href: string) => {
    const its = { ...facts, link: organization.publicOrigin + href };
    return { template: "maintenance-due" as const, subject: maintenanceDueSubject(its), html: MaintenanceDueMail(its), text: maintenanceDueText(its) };
  };
  const href = paths.staff.assetMaintenance(assetId);
  const office = (await s.directory.staffOf(organization.id)).filter(({ role }) => role !== "technician").map(({ id }) => id);
  await notifyStaff(s, key, { event: "maintenance.due", about: { kind: "asset", id: assetId, href }, inHand: office, mail: mail(href) });
  const contacts = await contactRecipients(s.db, unit.customerId, "maintenance");
  await mailEach(s.mailer, `${key}:customer`, organization, contacts, mail(paths.customer.asset(assetId)));
}
