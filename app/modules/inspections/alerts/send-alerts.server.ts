import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { formatDay } from "~/kernel/time";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { defectState } from "../defects/defect";
import { AlertMail, alertText, driven, uncertified } from "./alert.email";
import { findDefect, lastMoved, onDay, readMissing } from "./alerts.store.server";

const mailOf = (facts: Parameters<typeof alertText>[0]) => ({
  template: "inspection-alert" as const,
  subject: facts.subject,
  html: AlertMail(facts),
  text: alertText(facts),
});

async function organizationOf(s: NotifyNeeds) {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  if (!organization) throw new Error("alert without its organization");
  return organization;
}

/** Notifies the office of units that drove without an inspection. A report that came in meanwhile is missing no more. */
export async function sendMissingInspections(s: NotifyNeeds, key: string, { customerId, day }: { customerId: Id<"customer">; day: string }): Promise<void> {
  const organization = await organizationOf(s);
  const its = (await readMissing(s.db, organization.zone, onDay(day))).filter((one) => one.customerId === customerId);
  if (its.length === 0) return;
  const counted = its.length === 1 ? `unit ${its[0]?.unitNumber}` : `${its.length} units`;
  const href = paths.staff.missingInspections;
  const subject = `No inspection of ${counted} of ${its[0]?.customer} on ${formatDay(day, organization.locale)}`;
  const items = its.map(({ unitNumber, drivers }) => (drivers.length > 0 ? `Unit ${unitNumber} (${drivers.join(", ")})` : `Unit ${unitNumber}`));
  const about = "These units drove that day, and nobody signed an inspection of them.";
  const mail = mailOf({ organization, subject, about, items, link: organization.publicOrigin + href, button: "Open the list" });
  await notifyStaff(s, key, { event: "inspection.missing", about: { kind: "customer", id: customerId, href }, mail });
}

async function openDefect(s: NotifyNeeds, id: Id<"defect">) {
  const defect = await findDefect(s.db, id);
  return defect && defectState(defect) === "open" ? defect : null;
}

/** A defect that waits too long; certified meanwhile, it is no case. */
export async function sendUncertifiedDefect(s: NotifyNeeds, key: string, id: Id<"defect">): Promise<void> {
  const [organization, defect] = await Promise.all([organizationOf(s), openDefect(s, id)]);
  if (!defect) return;
  const href = paths.staff.inspection(defect.inspectionId);
  const mail = mailOf({ ...uncertified(defect, organization), organization, link: organization.publicOrigin + href });
  await notifyStaff(s, key, { event: "inspection.uncertified", about: { kind: "inspection", id: defect.inspectionId, href }, mail });
}

/** A unit that was driven while a safety defect was open: safety is mailed to the customer's contacts too. */
export async function sendUnitDriven(s: NotifyNeeds, key: string, id: Id<"defect">): Promise<void> {
  const [organization, defect] = await Promise.all([organizationOf(s), openDefect(s, id)]);
  const movedAt = defect?.assetId ? await lastMoved(s.db, defect.assetId) : null;
  if (!defect || movedAt === null) return;
  const facts = { ...driven(defect, movedAt, organization), organization };
  const href = paths.staff.inspection(defect.inspectionId);
  const about = { kind: "inspection", id: defect.inspectionId, href };
  await notifyStaff(s, key, { event: "inspection.driven", about, mail: mailOf({ ...facts, link: organization.publicOrigin + href }) });
  const contacts = await contactRecipients(s.db, defect.customerId, "defects");
  const link = organization.publicOrigin + paths.customer.inspection(defect.inspectionId);
  await mailEach(s.mailer, `${key}:customer`, organization, contacts, mailOf({ ...facts, link }));
}
