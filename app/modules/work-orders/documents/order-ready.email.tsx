import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type OrderReadyFacts = { organization: MailSender & { phone: string | null }; unitNumber: string; title: string; number: string; link: string };

export const orderReadySubject = ({ unitNumber, title }: OrderReadyFacts): string => `Unit ${unitNumber} is ready: ${title}`;

const lines = ({ organization: { name, phone }, number, title }: OrderReadyFacts): string[] => [
  `${name} finished ${number}, ${title}.`,
  phone ? `Questions, or another time to pick it up: ${phone}.` : "What was done stands in the portal.",
];

export const OrderReadyMail = (facts: OrderReadyFacts) => (
  <MailFrame organization={facts.organization} first={`Unit ${facts.unitNumber} is ready.`} button={{ href: facts.link, label: "See what was done" }}>
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const orderReadyText = (facts: OrderReadyFacts): string =>
  [`Unit ${facts.unitNumber} is ready.`, "", ...lines(facts), "", `See what was done: ${facts.link}`].join("\n");
