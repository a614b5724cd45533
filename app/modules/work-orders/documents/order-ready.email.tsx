import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type OrderReadyFacts = { organization: MailSender & { phone: string | null }; unitNumber: string; title: string; number: string; link: string };

export const orderReadySubject = ({ unitNumber, title }: OrderReadyFacts): string => `Unit ${unitNumber} is ready: ${title}`;

const lines = ({ organization: { name, phone }, number, title }: OrderReadyFacts): string[] => [
  `${name} completed ${number}, ${title}.`,
  phone ? `Questions, or need another pickup time? Call ${phone}.` : "You'll find the details in your portal.",
];

export const OrderReadyMail = (facts: OrderReadyFacts) => (
  <MailFrame organization={facts.organization} first={`Unit ${facts.unitNumber} is ready for pickup.`} button={{ href: facts.link, label: "View the work" }}>
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const orderReadyText = (facts: OrderReadyFacts): string =>
  [`Unit ${facts.unitNumber} is ready for pickup.`, "", ...lines(facts), "", `View the work: ${facts.link}`].join("\n");
