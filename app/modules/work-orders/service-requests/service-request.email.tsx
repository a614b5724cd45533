import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type ServiceRequestFacts = {
  organization: MailSender;
  customer: string;
  by: string;
  unitNumber: string;
  complaint: string;
  urgency: string;
  /** The details besides the complaint. */
  more: string;
  /** The order that it joined, being about the same fault; null for a new one. */
  joins: string | null;
  link: string;
};

export const serviceRequestSubject = ({ customer, unitNumber, urgency }: ServiceRequestFacts): string =>
  `Service request from ${customer} for unit ${unitNumber}: ${urgency.charAt(0).toLowerCase()}${urgency.slice(1)}`;

const lines = ({ by, more, joins }: ServiceRequestFacts): string[] => [
  `${by} requested this in the portal. ${more}.`,
  joins === null ? "It's on your board as a draft." : `It is about the same fault as ${joins} and was added there.`,
];

export const ServiceRequestMail = (facts: ServiceRequestFacts) => (
  <MailFrame
    organization={facts.organization}
    first={`Service request from ${facts.customer} for unit ${facts.unitNumber}`}
    button={{ href: facts.link, label: "Open the work order" }}
  >
    <p style={{ whiteSpace: "pre-line" }}>“{facts.complaint}”</p>
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const serviceRequestText = (facts: ServiceRequestFacts): string =>
  [
    `Service request from ${facts.customer} for unit ${facts.unitNumber}`,
    "",
    `"${facts.complaint}"`,
    "",
    ...lines(facts),
    "",
    `Open the work order: ${facts.link}`,
  ].join("\n");
