import type { UtcMs } from "~/kernel/time";
import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import type { MailTemplate } from "~/modules/notifications/notification-table";
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

/** Reminds those who got the estimate. */
export function answerReminderMail(props: AnswerProps) {
  const after = props.backup ? ` After that, ${props.backup} is asked.` : "";
  const body = `${props.organization.name} needs an answer to estimate ${props.number} by ${by(props)}.${after}`;
  return toCustomer("estimate-answer-reminder", `Please answer by ${by(props)}: ${what(props)}`, props, body);
}

/** Asks the backup approver. */
export function backupMail(props: AnswerProps) {
  const body = `${props.organization.name} wanted an answer to estimate ${props.number} by ${by(props)}. You are the backup approver. Your own approval limit applies.`;
  return toCustomer("estimate-backup", `No answer yet, so you're asked: ${what(props)}`, props, body);
}

/** Asks the shop to call. */
export function unansweredMail(props: AnswerProps) {
  const subject = `Time to call, no answer yet: ${what(props)}`;
  const also = props.backup ? ` ${props.backup} was asked as the backup approver, and hasn't answered either.` : "";
  const body = `An answer was wanted by ${by(props)}.${also} Call the customer and record the answer.`;
  const html = (
    <MailFrame organization={props.organization} first={subject} button={{ href: props.link, label: "Open the estimate" }}>
      <p>
        Unit {props.unitNumber}: {props.title}
      </p>
      <p>{body}</p>
    </MailFrame>
  );
  return { template: "estimate-unanswered" as const, subject, html, text: text(props, body, "Open the estimate") };
}

function toCustomer(template: MailTemplate, subject: string, props: AnswerProps, body: string) {
  const label = "Review estimate";
  const html = (
    <MailFrame organization={props.organization} first={first(props)} button={{ href: props.link, label }}>
      <p>{body}</p>
    </MailFrame>
  );
  return { template, subject, html, text: text(props, body, label) };
}

const text = (props: AnswerProps, body: string, label: string): string => [first(props), "", body, "", `${label}: ${props.link}`].join("\n");
