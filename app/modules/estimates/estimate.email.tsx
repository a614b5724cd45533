import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Both mails say the same thing at every attempt: they hold what was sent or answered, and no time of their own. */
type Props = { organization: MailSender; number: string; unitNumber: string; title: string; amount: string; link: string };
export type ReadyProps = Props & { lastDay: string };
export type AnsweredProps = Props & { words: string; note: string };

export const readySubject = ({ number, unitNumber, amount }: ReadyProps): string => `Estimate ready: ${amount} for unit ${unitNumber} (${number})`;

export const EstimateReadyMail = ({ organization, number, unitNumber, title, amount, link, lastDay }: ReadyProps) => (
  <MailFrame organization={organization} first={`${amount} for unit ${unitNumber}: ${title}`} button={{ href: link, words: "Read and answer" }}>
    <p>
      {organization.name} sent you estimate {number}. You can approve it, decline it, answer line by line or ask for changes.
    </p>
    <p>It stands until the end of {lastDay}. Work starts when you approve.</p>
  </MailFrame>
);

export const readyText = ({ organization, number, unitNumber, title, amount, link, lastDay }: ReadyProps): string =>
  [
    `${amount} for unit ${unitNumber}: ${title}`,
    "",
    `${organization.name} sent you estimate ${number}. It stands until the end of ${lastDay}. Work starts when you approve.`,
    "",
    `Read and answer: ${link}`,
  ].join("\n");

export const answeredSubject = ({ number, words }: AnsweredProps): string => `${words} (${number})`;

export const EstimateAnsweredMail = ({ organization, number, unitNumber, title, link, words, note }: AnsweredProps) => (
  <MailFrame organization={organization} first={words} button={{ href: link, words: "Open the estimate" }}>
    <p>
      Estimate {number}, unit {unitNumber}: {title}
    </p>
    {note && <p style={{ whiteSpace: "pre-line" }}>“{note}”</p>}
  </MailFrame>
);

export const answeredText = ({ number, unitNumber, title, link, words, note }: AnsweredProps): string =>
  [words, "", `Estimate ${number}, unit ${unitNumber}: ${title}`, ...(note ? ["", `"${note}"`] : []), "", `Open the estimate: ${link}`].join("\n");
