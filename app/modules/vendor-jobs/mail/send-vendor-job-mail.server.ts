import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { rowOfMail, type StaffEvent } from "~/modules/notifications/notification-table";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import { isClosedTo } from "../job-states";
import { jobNumber } from "../labels";
import { outsideOrderStore } from "../outside-order.store.server";
import { vendorJobStore } from "../vendor-job.store.server";
import { vendorMessageStore } from "../vendor-message.store.server";
import type { VendorMail } from "./mail-events";
import { vendorMailContent } from "./mail-templates";
import { VendorJobMail, vendorJobText } from "./vendor-job.email";

type Wanted = { vendorJobId: Id<"vendorJob">; template: VendorMail; nth: number | string; byPhone: boolean };

/**
 * Mails a change of a vendor job to the other side: all of the vendor's users, or the vendor's own address if it has
 * no portal, or staff.
 */
export async function sendVendorJobMail(s: NotifyNeeds, key: string, { vendorJobId, template: wanted, nth, byPhone }: Wanted): Promise<void> {
  const store = vendorJobStore(s.db);
  const [job, organization] = await Promise.all([store.find(vendorJobId), s.directory.organization(s.db.scope.organizationId)]);
  if (!job || !organization) throw new Error("mail about a vendor job that does not exist");
  // Recalled before the mail went out: there is nothing left to accept.
  if (wanted === "assigned" && isClosedTo(job.state)) return;
  const about = await outsideOrderStore(s.db).about(job);
  const canceled = wanted === "called-off" ? await store.cancellation(job.id, Number(nth)) : null;
  const { subject, ...content } = vendorMailContent(wanted, {
    job,
    number: jobNumber(job.number),
    shop: organization.name,
    vendor: about.vendor,
    unitNumber: about.unitNumber,
    nth: Number.parseInt(String(nth), 10),
    lines: wanted === "assigned" ? await store.sentLines(job.id) : [],
    message: wanted.startsWith("message") ? ((await vendorMessageStore(s.db).of(job.id)).find(({ id }) => id === nth)?.text ?? "") : "",
    unit: [[about.year, about.make, about.model].filter(Boolean).join(" "), about.vin ? `VIN ${about.vin}` : ""].filter(Boolean),
    contactLine: byPhone ? contactLineOf(organization) : null,
    calledOff: { why: canceled?.why ?? "", pays: canceled?.pays ?? false },
    currency: organization.currency,
    locale: organization.locale,
  });
  const template = `vendor-job-${wanted}` as const;
  const event = rowOfMail("staff", template)?.event as StaffEvent | undefined; // a row of staff whose mail is of an event
  const href = event ? paths.staff.vendorJob(job.id) : paths.vendor.job(job.id);
  const props = { ...content, organization, link: byPhone && !event ? null : organization.publicOrigin + href };
  const mail = { template, subject, html: VendorJobMail(props), text: vendorJobText(props) };
  if (event) return notifyStaff(s, key, { event, about: { kind: "vendor-job", id: job.id, href }, mail });
  const people = byPhone ? [{ email: about.vendorEmail }] : await s.directory.membershipsOfParty(organization.id, "vendor", job.vendorId);
  await mailEach(
    s.mailer,
    key,
    organization,
    people.flatMap(({ email }) => (email ? [{ email }] : [])),
    mail,
  );
}

const contactLineOf = ({ phone, email }: { phone: string | null; email: string | null }): string =>
  `To answer, ${[phone && `call ${phone}`, email && `write to ${email}`].filter(Boolean).join(" or ") || "contact us"}.`;
