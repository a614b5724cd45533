import type { UtcMs } from "~/kernel/time";
import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import { formatMoment, type MomentOptions } from "~/ui/moment";

/** What mails about an estimate hold whose answer is wanted by a time. */
export type AnswerProps = {
  organization: MailSender & MomentOptions;
  number: string;
  unitNumber: string;
  title: string;
  amount: string;
  link: string;
  answerBy: UtcMs;
  /** Who is asked after that time; null if nobody is. */
  backup: string | null;
};

const by = ({ organization: { zone, locale }, answerBy }: AnswerProps): string => formatMoment(answerBy, { zone, locale });
const what = ({ amount, unitNumber, number }: AnswerProps): string => `${amount} for unit ${unitNumber} (${number})`;
const first = ({ amount, unitNumber, title }: AnswerProps): string => `${amount} for unit ${unitNumber}: ${title}`;

export const answerReminderSubject = (props: AnswerProps): string => `Please answer by ${by(props)}: ${what(props)}`;
const reminderBody = (props: AnswerProps): string =>
  `${props.organization.name} needs an answer to estimate ${props.number} by ${by(props)}.${props.backup ? ` After that, ${props.backup} is asked.` : ""}`;
export const AnswerReminderMail = (props: AnswerProps) => (
  <MailFrame organization={props.organization} first={first(props)} button={{ href: props.link, label: "Review estimate" }}>
    <p>{reminderBody(props)}</p>
  </MailFrame>
);
export const answerReminderText = (props: AnswerProps): string => lines(props, reminderBody(props), "Review estimate");

export const backupSubject = (props: AnswerProps): string => `No answer yet, so you're asked: ${what(props)}`;
const backupBody = (props: AnswerProps): string =>
  `${props.organization.name} wanted an answer to estimate ${props.number} by ${by(props)}. You are the backup approver. Your own approval limit applies.`;
export const BackupMail = (props: AnswerProps) => (
  <MailFrame organization={props.organization} first={first(props)} button={{ href: props.link, label: "Review estimate" }}>
    <p>{backupBody(props)}</p>
  </MailFrame>
);
export const backupText = (props: AnswerProps): string => lines(props, backupBody(props), "Review estimate");

export const unansweredSubject = (props: AnswerProps): string => `Time to call, no answer yet: ${what(props)}`;
const unansweredBody = (props: AnswerProps): string =>
  `An answer was wanted by ${by(props)}.${props.backup ? ` ${props.backup} was asked as the backup approver, and hasn't answered either.` : ""} Call the customer and record the answer.`;
export const UnansweredMail = (props: AnswerProps) => (
  <MailFrame organization={props.organization} first={unansweredSubject(props)} button={{ href: props.link, label: "Open the estimate" }}>
    <p>
      Unit {props.unitNumber}: {props.title}
    </p>
    <p>{unansweredBody(props)}</p>
  </MailFrame>
);
export const unansweredText = (props: AnswerProps): string => lines(props, unansweredBody(props), "Open the estimate");

const lines = (props: AnswerProps, body: string, label: string): string => [first(props), "", body, "", `${label}: ${props.link}`].join("\n");
