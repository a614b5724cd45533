import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type OptionSwitchedFacts = {
  organization: MailSender;
  unitNumber: string;
  title: string;
  number: string;
  from: string;
  to: string;
  reason: string;
  /** Of the order, with supplies and tax. */
  before: string;
  after: string;
  link: string;
};

export const optionSwitchedSubject = ({ unitNumber, to, after, number }: OptionSwitchedFacts): string =>
  `Unit ${unitNumber} now costs less: ${after} with "${to}" (${number})`;

const lines = ({ organization: { name }, number, title, from, to, before, after }: OptionSwitchedFacts): string[] => [
  `${name} does "${to}" instead of "${from}" on ${number}, ${title}.`,
  `What you authorized goes from ${before} to ${after}, with supplies and tax. Not what you want? Call the shop.`,
];

export const OptionSwitchedMail = (facts: OptionSwitchedFacts) => (
  <MailFrame
    organization={facts.organization}
    first={`Unit ${facts.unitNumber} now costs less: ${facts.after}`}
    button={{ href: facts.link, label: "View the work" }}
  >
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
    <p style={{ whiteSpace: "pre-line" }}>“{facts.reason}”</p>
  </MailFrame>
);

export const optionSwitchedText = (facts: OptionSwitchedFacts): string =>
  [`Unit ${facts.unitNumber} now costs less: ${facts.after}`, "", ...lines(facts), "", `"${facts.reason}"`, "", `View the work: ${facts.link}`].join("\n");
