import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import type { Mailer } from "~/modules/notifications/mailer.server";
import { mailEach, type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { RequestCanceledMail, requestCanceledSubject, requestCanceledText } from "../service-requests/request-canceled.email";
import { describeRequest, urgencyLabels } from "../service-requests/service-request";
import { ServiceRequestMail, serviceRequestSubject, serviceRequestText } from "../service-requests/service-request.email";
import { workOrderStore } from "../work-order.store.server";
import { OptionSwitchedMail, optionSwitchedSubject, optionSwitchedText } from "./option-switched.email";
import { OrderReadyMail, orderReadySubject, orderReadyText } from "./order-ready.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };

/** Notifies the customer's contacts that a unit is ready for pickup. */
export async function sendOrderReadyMail(s: Needs, key: string, id: Id<"workOrder">): Promise<void> {
  const { order, organization } = await load(s, id);
  // Reopened before the mail went out, so it is no longer ready.
  if (order.state !== "completed" && order.state !== "invoiced") return;
  const { unitNumber, title, number } = order;
  const facts = { organization, unitNumber, title, number: `WO-${number}`, link: organization.publicOrigin + paths.customer.order(id) };
  const mail = { template: "order-ready" as const, subject: orderReadySubject(facts), html: OrderReadyMail(facts), text: orderReadyText(facts) };
  await mailEach(s.mailer, key, organization, await contactRecipients(s.db, order.customerId, "ready"), mail);
}

/** Tells the contacts who may decide that the shop switched to a cheaper option of a job, and why. */
export async function sendOptionSwitchedMail(s: Needs, key: string, { workOrderId: id, version }: { workOrderId: Id<"workOrder">; version: number }) {
  const [{ order, organization }, made] = await Promise.all([load(s, id), workOrderStore(s.db).optionSwitch(id, version)]);
  if (!made?.to || made.before === undefined || made.after === undefined) throw new Error("mail about a switch that does not exist");
  const money = (amount: Cents) => formatMoney(amount, organization.currency, organization.locale);
  const facts = {
    organization,
    unitNumber: order.unitNumber,
    title: order.title,
    number: `WO-${order.number}`,
    from: made.from ?? "",
    to: made.to,
    reason: made.reason ?? "",
    before: money(made.before),
    after: money(made.after),
    link: organization.publicOrigin + paths.customer.order(id),
  };
  const mail = {
    template: "option-switched" as const,
    subject: optionSwitchedSubject(facts),
    html: OptionSwitchedMail(facts),
    text: optionSwitchedText(facts),
  };
  await mailEach(s.mailer, key, organization, await contactRecipients(s.db, order.customerId, "estimate"), mail);
}

/** Notifies staff of a customer's service request. */
export async function sendServiceRequestMail(
  s: Needs & NotifyNeeds,
  key: string,
  { workOrderId: id, joined }: { workOrderId: Id<"workOrder">; joined?: string },
) {
  const { order, organization } = await load(s, id);
  const { request, customer, unitNumber, number, message } = order;
  const its = joined ? request?.joined?.find((one) => one.id === joined) : request;
  if (!request || !its) throw new Error("mail about a service request that does not exist");
  // Canceled by the customer meanwhile: that is mailed by itself.
  if (order.state === "canceled") return;
  const facts = {
    organization,
    customer,
    by: its.by,
    unitNumber,
    complaint: "complaint" in its ? its.complaint : message,
    urgency: urgencyLabels[its.urgency],
    more: describeRequest(joined ? { ...request, urgency: its.urgency } : request, organization.locale),
    joins: joined ? `WO-${number}` : null,
    link: organization.publicOrigin + paths.staff.order(id),
  };
  const mail = {
    template: "service-request" as const,
    subject: serviceRequestSubject(facts),
    html: ServiceRequestMail(facts),
    text: serviceRequestText(facts),
  };
  await notifyStaff(s, key, { event: "service.requested", about: { kind: "work-order", id, href: paths.staff.order(id) }, mail });
}

/** Notifies staff that a customer canceled a service request. */
export async function sendRequestCanceledMail(s: Needs & NotifyNeeds, key: string, id: Id<"workOrder">): Promise<void> {
  const { order, organization } = await load(s, id);
  const { customer, unitNumber, title, number } = order;
  const href = paths.staff.order(id);
  const facts = { organization, customer, unitNumber, title, number: `WO-${number}`, link: organization.publicOrigin + href };
  const mail = {
    template: "request-canceled" as const,
    subject: requestCanceledSubject(facts),
    html: RequestCanceledMail(facts),
    text: requestCanceledText(facts),
  };
  await notifyStaff(s, key, { event: "service.canceled", about: { kind: "work-order", id, href }, mail });
}

async function load({ db, directory }: Needs, id: Id<"workOrder">) {
  const [order, organization] = await Promise.all([workOrderStore(db).facts(id), directory.organization(db.scope.organizationId)]);
  if (!order || !organization) throw new Error("mail about a work order that does not exist");
  return { order, organization };
}
