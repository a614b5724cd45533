import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import type { Mailer } from "~/modules/notifications/mailer.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { describeRequest, urgencyLabels } from "../service-requests/service-request";
import { ServiceRequestMail, serviceRequestSubject, serviceRequestText } from "../service-requests/service-request.email";
import { workOrderStore } from "../work-order.store.server";
import { OrderReadyMail, orderReadySubject, orderReadyText } from "./order-ready.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };

/** Tells the customer's people that a unit can be fetched. */
export async function sendOrderReadyMail(s: Needs, key: string, id: Id<"workOrder">): Promise<void> {
  const { order, organization } = await load(s, id);
  // Reopened before the mail left: it is not ready any more.
  if (order.state !== "completed" && order.state !== "invoiced") return;
  const { unitNumber, title, number } = order;
  const facts = { organization, unitNumber, title, number: `WO-${number}`, link: organization.publicOrigin + paths.customer.order(id) };
  const mail = { template: "order-ready", subject: orderReadySubject(facts), html: OrderReadyMail(facts), text: orderReadyText(facts) };
  await mailEach(s.mailer, key, organization, await contactRecipients(s.db, order.customerId, "ready"), mail);
}

/** Tells the shop what a customer asks for. */
export async function sendServiceRequestMail(s: Needs & NotifyNeeds, key: string, id: Id<"workOrder">): Promise<void> {
  const { order, organization } = await load(s, id);
  const { request, customer, unitNumber, message: complaint } = order;
  if (!request) throw new Error("a mail about a request that nobody made");
  const facts = {
    organization,
    customer,
    by: request.by,
    unitNumber,
    complaint,
    urgency: urgencyLabels[request.urgency],
    more: describeRequest(request, organization.locale),
    link: organization.publicOrigin + paths.staff.order(id),
  };
  const mail = { template: "service-request", subject: serviceRequestSubject(facts), html: ServiceRequestMail(facts), text: serviceRequestText(facts) };
  await notifyStaff(s, key, { event: "service.requested", about: { kind: "work-order", id, href: paths.staff.order(id) }, mail });
}

async function load({ db, directory }: Needs, id: Id<"workOrder">) {
  const [order, organization] = await Promise.all([workOrderStore(db).facts(id), directory.organization(db.scope.organizationId)]);
  if (!order || !organization) throw new Error("a mail about an order that is not there");
  return { order, organization };
}
