/**
 * Every event that people are notified of, by audience: who gets it, by which mails and effects, and whether a person
 * can switch it off. The types of mails and settings, the settings pages, the tests and
 * docs/notifications.md come from this table.
 */
type Row = {
  /** Label on the settings pages. */
  label: string;
  /** Hint on the settings pages, where the label doesn't say it all. */
  what?: string;
  /** `responsible`: the people assigned to the record, else its author, else the office. `money`: the office. `drivers`: those who have the unit today. */
  to: "responsible" | "money" | "contacts" | "payers" | "decider" | "vendor" | "drivers" | "person";
  /** The right that a contact needs. */
  right?: "decide" | "documents" | null;
  /** Only mailed while the customer's portal is on. */
  byPortalOnly?: boolean;
  /** A decision waits for it, or somebody should stop: its mails leave before others. */
  urgent?: true;
  /** Why it can't be switched off. */
  always?: string;
  /** Each mail of the event, with the outbox effects that send it. */
  mails: Readonly<Record<string, readonly `mail.${string}`[]>>;
};
/** What may be pushed to the browsers that a person added, and whether it is until they choose. */
type Pushed = { push: "on" | "off" };
type StaffRow = Row &
  (
    | (Pushed & {
        /** The default way; for what can't be switched off, the only one. Each way adds a notice, and open pages count it at once. */
        usual: "now" | "digest" | "bell";
        /** Effects that add the notice without a mail. */
        notices?: readonly string[];
      })
    | { usual?: undefined; notices?: undefined; push?: undefined }
  );
/** Drivers get no mail but to sign in; what else they get is pushed by these effects. */
type DriverRow = Row & ((Pushed & { pushes: readonly `push.${string}`[] }) | { push?: undefined; pushes?: undefined });

const SIGN_IN = { label: "Sign-in links", to: "person", always: "you need them to sign in", mails: { "sign-in": ["mail.sign-in"] } } as const;
const PASSWORD = {
  label: "Invitations and password links",
  to: "person",
  always: "you need them to sign in",
  mails: { "set-password": ["mail.set-password"] },
} as const;

export const notificationTable = {
  staff: {
    "estimate.answered": {
      label: "A customer answers an estimate",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "estimate-answered": ["mail.estimate-answered"] },
    },
    "estimate.question": {
      label: "A customer asks a question about an estimate",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "estimate-message": ["mail.estimate-message"] },
    },
    "estimate.unanswered": {
      label: "A customer doesn't answer an estimate in time",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "estimate-unanswered": ["mail.estimate-unanswered"] },
    },
    "service.requested": {
      label: "A customer requests service",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "service-request": ["mail.service-request"] },
    },
    "service.canceled": {
      label: "A customer cancels a service request",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "request-canceled": ["mail.request-canceled"] },
    },
    "estimate.second-person": {
      label: "An estimate needs a second approver at the customer",
      urgent: true,
      to: "responsible",
      usual: "digest",
      push: "on",
      mails: { "estimate-second-person": ["mail.estimate-colleague"] },
    },
    "inspection.safety": {
      label: "A driver reports a unit that isn't safe to drive",
      urgent: true,
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "inspection-defects": ["mail.inspection-defects"] },
    },
    "inspection.defects": {
      label: "A driver reports other defects",
      to: "responsible",
      usual: "digest",
      push: "off",
      mails: { "inspection-defects": ["mail.inspection-defects"] },
    },
    "inspection.missing": {
      label: "Units that drove without an inspection",
      to: "responsible",
      usual: "digest",
      push: "off",
      mails: { "inspection-alert": ["mail.inspections-missing"] },
    },
    "inspection.uncertified": {
      label: "A defect waits too long for certification",
      to: "responsible",
      usual: "digest",
      push: "off",
      mails: { "inspection-alert": ["mail.defect-uncertified"] },
    },
    "inspection.driven": {
      label: 'A unit is driven while "Do not operate"',
      urgent: true,
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "inspection-alert": ["mail.unit-driven"] },
    },
    "fault.critical": {
      label: "A unit reports a fault with which it should stop",
      urgent: true,
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "critical-fault": ["mail.critical-fault"] },
    },
    "maintenance.due": {
      label: "Maintenance of a unit becomes due",
      to: "responsible",
      usual: "digest",
      push: "off",
      mails: { "maintenance-due": ["mail.maintenance-due"] },
    },
    "vendor-job.answered": {
      label: "A vendor accepts or declines a job",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "vendor-job-accepted": ["mail.vendor-job"], "vendor-job-declined": ["mail.vendor-job"] },
    },
    "vendor-job.estimate": {
      label: "A vendor sends or withdraws an estimate",
      urgent: true,
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "vendor-job-estimate-submitted": ["mail.vendor-job"], "vendor-job-estimate-withdrawn": ["mail.vendor-job"] },
    },
    "vendor-job.completed": {
      label: "A vendor marks a job complete",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "vendor-job-completed": ["mail.vendor-job"] },
    },
    "vendor-job.invoice": {
      label: "A vendor sends an invoice",
      to: "money",
      usual: "now",
      push: "on",
      mails: { "vendor-job-invoice-submitted": ["mail.vendor-job"], "vendor-job-invoice-withdrawn": ["mail.vendor-job"] },
    },
    "vendor-job.message": {
      label: "A vendor sends a message",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "vendor-job-message-from-vendor": ["mail.vendor-job"] },
    },
    "payment.received": {
      label: "A customer pays through Square",
      to: "money",
      usual: "now",
      push: "on",
      mails: { "payment-received": ["mail.payment-received"] },
    },
    "payment.failed": {
      label: "A payment through Square fails",
      to: "money",
      usual: "bell",
      push: "off",
      mails: { "payment-failed": ["mail.payment-failed"] },
    },
    "payment.late": {
      label: "A bank transfer is late",
      what: "It pays invoices that nobody is reminded of meanwhile.",
      to: "money",
      usual: "bell",
      push: "off",
      mails: { "payment-late": ["mail.payment-late"] },
    },
    "payment.refunded": {
      label: "A payment is refunded through Square",
      to: "money",
      usual: "bell",
      push: "off",
      mails: { "payment-refunded": ["mail.payment-refunded"] },
    },
    "payment.refund-failed": {
      label: "A refund through Square fails",
      to: "money",
      usual: "now",
      push: "on",
      mails: { "refund-failed": ["mail.refund-failed"], "payment-refunded": ["mail.payment-refunded"] },
    },
    "payment.disputed": {
      label: "A customer's bank disputes a payment",
      to: "money",
      usual: "now",
      push: "on",
      mails: { "payment-disputed": ["mail.payment-disputed"] },
    },
    "payment.unclear": {
      label: "A payment at Square fits no invoice",
      to: "money",
      usual: "now",
      push: "on",
      mails: { "payment-unclear": ["mail.payment-unclear"] },
    },
    "square.revoked": { label: "The connection with Square ends", to: "money", usual: "now", push: "on", mails: { "square-revoked": ["mail.square-revoked"] } },
    "reply.received": {
      label: "Somebody replies to an email",
      what: "Replies about estimates and vendor jobs become messages there.",
      to: "responsible",
      usual: "now",
      push: "on",
      mails: { "reply-received": ["mail.reply"] },
    },
    // By notice only: mail may be what fails.
    "mail.given-up": { label: "An email couldn't be delivered", to: "money", usual: "bell", push: "off", mails: {}, notices: ["delivery.failed"] },
    digest: { label: "Daily email", what: "All notifications of the last day", to: "person", mails: { "staff-digest": ["mail.staff-digest"] } },
    password: PASSWORD,
  },
  customer: {
    estimate: {
      label: "New estimate",
      urgent: true,
      what: "The shop sent an estimate that needs your decision",
      to: "contacts",
      right: "decide",
      byPortalOnly: true,
      mails: {
        "estimate-ready": ["mail.estimate-ready", "mail.estimate-again", "mail.estimate-reminder"],
        "estimate-answer-reminder": ["mail.estimate-answer-reminder"],
        "estimate-backup": ["mail.estimate-backup"],
        "estimate-colleague": ["mail.estimate-colleague"],
        "estimate-message": ["mail.estimate-message"],
        "estimate-withdrawn": ["mail.estimate-withdrawn"],
        "option-switched": ["mail.option-switched"],
      },
    },
    invoice: {
      label: "New invoice",
      what: "The shop issued an invoice",
      to: "payers",
      right: "documents",
      mails: { "invoice-issued": ["mail.invoice-issued"], "invoice-voided": ["mail.invoice-voided"] },
    },
    ready: { label: "Vehicle ready", what: "Work on a unit is done", to: "contacts", byPortalOnly: true, mails: { "order-ready": ["mail.order-ready"] } },
    defects: {
      label: "Unit not safe to drive",
      urgent: true,
      what: "A driver reported a defect that keeps a unit from driving",
      to: "contacts",
      byPortalOnly: true,
      mails: { "inspection-defects": ["mail.inspection-defects"], "inspection-alert": ["mail.unit-driven"] },
    },
    faults: {
      label: "Critical fault",
      urgent: true,
      what: "A unit's tracker reports a fault with which it should stop",
      to: "contacts",
      byPortalOnly: true,
      mails: { "critical-fault": ["mail.critical-fault"] },
    },
    maintenance: {
      label: "Maintenance due",
      what: "A service, inspection or document of a unit is due",
      to: "contacts",
      byPortalOnly: true,
      mails: { "maintenance-due": ["mail.maintenance-due"] },
    },
    payment: {
      label: "Payment received",
      what: "The shop received your payment",
      to: "payers",
      right: "documents",
      mails: { receipt: ["mail.receipt"], refund: ["mail.payment-refunded"], "transfer-failed": ["mail.payment-failed"] },
    },
    statement: {
      label: "Statement",
      what: "The shop emailed a statement of your account",
      to: "payers",
      right: "documents",
      mails: { statement: ["mail.statement"] },
    },
    reminder: {
      label: "Payment reminders",
      what: "An invoice is due soon or late",
      to: "payers",
      right: "documents",
      mails: { "invoice-reminder": ["mail.invoice-reminder"] },
    },
    confirmed: {
      label: "Confirmation of your answers",
      what: "The estimate as you decided it",
      to: "decider",
      always: "it is your copy of what you decided",
      mails: { "estimate-confirmed": ["mail.estimate-confirmed"] },
    },
    invite: {
      label: "Invitations to the portal",
      to: "person",
      always: "you need them to sign in",
      mails: { "portal-invite": ["mail.portal-invite"] },
    },
    "sign-in": SIGN_IN,
  },
  vendor: {
    jobs: {
      label: "New and canceled jobs",
      urgent: true,
      what: "The shop sends you a job, or takes it back",
      to: "vendor",
      always: "you work by them",
      mails: { "vendor-job-assigned": ["mail.vendor-job"], "vendor-job-recalled": ["mail.vendor-job"], "vendor-job-called-off": ["mail.vendor-job"] },
    },
    estimates: {
      label: "Answers to your estimates",
      what: "The shop approves or declines an estimate",
      to: "vendor",
      mails: { "vendor-job-estimate-approved": ["mail.vendor-job"], "vendor-job-estimate-declined": ["mail.vendor-job"] },
    },
    invoices: {
      label: "Answers to your invoices",
      what: "The shop approves or disputes an invoice, or takes its approval back",
      to: "vendor",
      mails: {
        "vendor-job-invoice-approved": ["mail.vendor-job"],
        "vendor-job-invoice-disputed": ["mail.vendor-job"],
        "vendor-job-invoice-reversed": ["mail.vendor-job"],
      },
    },
    messages: { label: "Messages", what: "The shop writes to you about a job", to: "vendor", mails: { "vendor-job-message-from-shop": ["mail.vendor-job"] } },
    password: PASSWORD,
  },
  driver: {
    defects: {
      label: "Unit not safe to drive",
      urgent: true,
      what: "Another driver reported a defect that keeps your unit from driving",
      to: "drivers",
      push: "on",
      mails: {},
      pushes: ["push.inspection-defects"],
    },
    faults: {
      label: "Critical fault",
      urgent: true,
      what: "The tracker of your unit reports a fault with which it should stop",
      to: "drivers",
      push: "on",
      mails: {},
      pushes: ["push.critical-fault"],
    },
    "sign-in": SIGN_IN,
  },
} as const satisfies { staff: Record<string, StaffRow>; customer: Record<string, Row>; vendor: Record<string, Row>; driver: Record<string, DriverRow> };

type Table = typeof notificationTable;
export type NotifiedAudience = keyof Table;
type KeysOf<U> = U extends unknown ? keyof U : never;
type RowIn<A extends NotifiedAudience> = Table[A][keyof Table[A]];
type MailsIn<R> = R extends { mails: infer M } ? M : never;
/** The name of a mail: one without a row does not compile. */
export type MailTemplate = { [A in NotifiedAudience]: KeysOf<MailsIn<RowIn<A>>> }[NotifiedAudience] & string;
type Values<M> = M extends unknown ? M[keyof M] : never;
type Each<L> = L extends readonly (infer One)[] ? One : never;
/** The effects that the table names. */
export type MailEffect = Each<Values<MailsIn<{ [A in NotifiedAudience]: RowIn<A> }[NotifiedAudience]>>>;

export type StaffEvent = { [E in keyof Table["staff"]]: Table["staff"][E] extends { usual: string } ? E : never }[keyof Table["staff"]];
/** Events that a person of an audience can switch off. */
export type SwitchableEvent<A extends NotifiedAudience> = { [E in keyof Table[A]]: Table[A][E] extends { always: string } ? never : E }[keyof Table[A]];
export type VendorEvent = SwitchableEvent<"vendor">;

/** The push messages that the table names. */
export type PushEffect = Each<Values<{ [E in keyof Table["driver"]]: Table["driver"][E] extends { pushes: infer P } ? P : never }>> | "push.notice";

export type NotificationRow = StaffRow & Pick<DriverRow, "pushes"> & { audience: NotifiedAudience; event: string };

/** All rows, in the table's order. */
export const notificationRows: readonly NotificationRow[] = Object.entries(notificationTable).flatMap(([audience, events]) =>
  Object.entries(events).map(([event, row]) => ({ ...(row as StaffRow), audience: audience as NotifiedAudience, event })),
); // the audiences and rows above

export const rowsFor = (audience: NotifiedAudience): NotificationRow[] => notificationRows.filter((row) => row.audience === audience);

/** The events that a person of an audience can switch off. */
export const switchableEvents = <A extends NotifiedAudience>(audience: A) =>
  rowsFor(audience).flatMap(({ event, always }) => (always ? [] : [event])) as [SwitchableEvent<A>, ...SwitchableEvent<A>[]]; // the rows above

/** The row by whose setting a mail goes out; a mail to staff may belong to several, and its sender names the event. */
export const rowOfMail = (audience: NotifiedAudience, template: string): NotificationRow | null =>
  rowsFor(audience).find(({ mails }) => Object.hasOwn(mails, template)) ?? null;

/** What an audience always gets, and why, for its settings page. */
export const alwaysSent = (audience: NotifiedAudience): { label: string; why: string }[] =>
  rowsFor(audience).flatMap(({ label, always }) => (always ? [{ label, why: always }] : []));
