import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type SquareRevokedFacts = { organization: MailSender; merchant: string; link: string };

export const squareRevokedSubject = ({ merchant }: SquareRevokedFacts): string => `Square is disconnected: ${merchant}`;

const lines = ({ merchant }: SquareRevokedFacts): string[] => [
  `BayTrack's access to ${merchant} was removed at Square, so customers can't pay online at the moment.`,
  "Invoices and payments on record stay as they are. The owner can connect Square again.",
];

export const SquareRevokedMail = (facts: SquareRevokedFacts) => (
  <MailFrame organization={facts.organization} first={squareRevokedSubject(facts)} button={{ href: facts.link, label: "Open payment settings" }}>
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const squareRevokedText = (facts: SquareRevokedFacts): string =>
  [squareRevokedSubject(facts), "", ...lines(facts), "", `Open payment settings: ${facts.link}`].join("\n");
