import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type ServiceRequestFacts = {
  organization: MailSender;
  customer: string;
  by: string;
  unitNumber: string;
  complaint: string;
  urgency: string;
  /** All that was said besides the words. */
  more: string;
  link: string;
};

export const serviceRequestSubject = ({ customer, unitNumber, urgency }: ServiceRequestFacts): string =>
  `${customer} asks for service on unit ${unitNumber}: ${urgency.charAt(0).toLowerCase()}${urgency.slice(1)}`;

const lines = ({ by, more }: ServiceRequestFacts): string[] => [`${by} asked in the portal. ${more}.`, "It stands on the board as a draft."];

export const ServiceRequestMail = (facts: ServiceRequestFacts) => (
  <MailFrame
    organization={facts.organization}
    first={`${facts.customer} asks for service on unit ${facts.unitNumber}`}
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
    `${facts.customer} asks for service on unit ${facts.unitNumber}`,
    "",
    `"${facts.complaint}"`,
    "",
    ...lines(facts),
    "",
    `Open the work order: ${facts.link}`,
  ].join("\n");
