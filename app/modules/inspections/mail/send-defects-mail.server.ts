import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { unitDrivers } from "~/modules/assets/unit-drivers.step.server";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { pushDrivers } from "~/modules/notifications/push/queue-pushes.step.server";
import { type PushNeeds, sendPush } from "~/modules/notifications/push/send-push.step.server";
import { defectTitle, inspectionLabels } from "../checklists/labels";
import { defectState } from "../defects/defect";
import type { Defect } from "../defects/defects.store.server";
import { inspectionEffects } from "../inspection.effects";
import { findInspection } from "../inspection.store.server";
import { DefectsMail, type DefectsMailFacts, defectsSubject, defectsText } from "./defects.email";
import { findSigner, findTechnicians } from "./open-repairs.store.server";

/**
 * Notifies the office, and technicians of the unit's open orders, of what a driver found: at once where the unit isn't safe
 * to drive, which the customer's contacts are mailed too.
 */
export async function sendDefectsMail(s: NotifyNeeds, key: string, id: Id<"inspection">): Promise<void> {
  const { organizationId } = s.db.scope;
  const [report, organization] = await Promise.all([findInspection(s.db, id), s.directory.organization(organizationId)]);
  if (!report || !organization) throw new Error("mail about an inspection that does not exist");
  const rejected = report.reviewed.filter(({ review }) => review.outcome === "rejected");
  const found = [...report.defects, ...report.stillThere.map(({ defect }) => defect)];
  if (found.length + rejected.length === 0) return;
  const isSafety = [...found, ...rejected.map(({ defect }) => defect)].some(({ severity }) => severity === "safety");
  const facts = {
    organization,
    customer: report.customer,
    driver: report.driverName,
    unitNumber: report.unitNumber,
    defects: found.map(describe),
    rejected: rejected.map(({ defect, review }) => sentences(defectTitle(defect), review.reason)),
    isSafety,
  };
  const href = paths.staff.inspection(id);
  const [technicians, people] = await Promise.all([report.assetId ? findTechnicians(s.db, report.assetId) : [], s.directory.staffOf(organizationId)]);
  const office = people.filter(({ role }) => role !== "technician").map((person) => person.id);
  await notifyStaff(s, key, {
    event: isSafety ? "inspection.safety" : "inspection.defects",
    about: { kind: "inspection", id, href },
    inHand: [...office, ...technicians],
    mail: mailOf({ ...facts, link: organization.publicOrigin + href }),
  });
  if (!isSafety) return;
  const contacts = await contactRecipients(s.db, report.customerId, "defects");
  await mailEach(s.mailer, `${key}:customer`, organization, contacts, mailOf({ ...facts, link: organization.publicOrigin + paths.customer.inspection(id) }));
  if (!report.assetId) return;
  const at = s.clock.now();
  const [drivers, signer] = await Promise.all([unitDrivers(s.db, report.assetId, at), findSigner(s.db, id)]);
  const others = drivers.filter((driver) => driver !== signer);
  await pushDrivers(s, "defects", others, (membershipId, dueAt) =>
    inspectionEffects.of("push.inspection-defects", `push:${key}:${membershipId}`, { membershipId, inspectionId: id, at }, dueAt),
  );
}

/** The same to a driver who has the unit, unless the repair is certified already. */
export async function pushDefects(
  s: PushNeeds,
  key: string,
  { membershipId, inspectionId, at }: { membershipId: Id<"membership">; inspectionId: Id<"inspection">; at: UtcMs },
): Promise<void> {
  const report = await findInspection(s.db, inspectionId);
  if (!report?.assetId) return;
  const open = [...report.defects, ...report.stillThere.map(({ defect }) => defect), ...report.reviewed.map(({ defect }) => defect)].filter(
    (defect) => defect.severity === "safety" && defectState(defect) === "open",
  );
  if (open.length === 0) return;
  await sendPush(s, {
    audience: "driver",
    membershipId,
    event: "defects",
    key,
    at,
    group: `defects:${report.assetId}`,
    message: {
      title: `Do not operate unit ${report.unitNumber}`,
      body: sentences(...open.map((defect) => defectTitle(defect))),
      path: paths.driver.unit(report.assetId),
      urgent: true,
    },
  });
}

const describe = (defect: Defect): string =>
  sentences(defectTitle(defect), defect.note, defect.severity === "safety" ? inspectionLabels.en.severities.safety : "");

/** Parts in one line, each with one period between. */
const sentences = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim().replace(/\.$/, ""))
    .filter(Boolean)
    .join(". ");

const mailOf = (facts: DefectsMailFacts) => ({
  template: "inspection-defects" as const,
  subject: defectsSubject(facts),
  html: DefectsMail(facts),
  text: defectsText(facts),
});
