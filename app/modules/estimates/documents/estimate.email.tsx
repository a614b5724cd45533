import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Mails hold only stored facts and no clock time, so every delivery attempt sends the same bytes. */
type Props = { organization: MailSender; number: string; unitNumber: string; title: string; amount: string; link: string };
/** `options` are the jobs that can be done in more than one way, each with the total of the estimate with it. */
export type ReadyProps = Props & { lastDay: string; options: readonly { complaint: string; list: readonly { name: string; total: string }[] }[] };
export type AnsweredProps = Props & { summary: string; note: string };
/** `about` is the text of the line, or empty for the whole estimate. */
export type MessageProps = Props & { who: string; about: string; message: string };
export type ConfirmedProps = Props & { summary: string; note: string };
export type ColleagueProps = Props & { who: string; lastDay: string };

export const readySubject = ({ number, unitNumber, amount }: ReadyProps): string => `Estimate ready: ${amount} for unit ${unitNumber} (${number})`;

const choiceText = ({ complaint, list }: ReadyProps["options"][number]): string =>
  `Choose one for "${complaint}": ${list.map(({ name, total }) => `${name}, ${total} in all`).join("; ")}.`;

export const EstimateReadyMail = ({ organization, number, unitNumber, title, amount, link, lastDay, options }: ReadyProps) => (
  <MailFrame organization={organization} first={`${amount} for unit ${unitNumber}: ${title}`} button={{ href: link, label: "Review estimate" }}>
    {options.map((job) => (
      <p key={job.complaint}>{choiceText(job)}</p>
    ))}
    <p>
      {organization.name} sent you estimate {number}. You can approve or decline all of it, decide line by line, or ask for changes.
    </p>
    <p>It's valid until {lastDay}. Work starts when you approve it.</p>
  </MailFrame>
);

export const readyText = ({ organization, number, unitNumber, title, amount, link, lastDay, options }: ReadyProps): string =>
  [
    `${amount} for unit ${unitNumber}: ${title}`,
    "",
    ...options.flatMap((job) => [choiceText(job), ""]),
    `${organization.name} sent you estimate ${number}. It's valid until ${lastDay}. Work starts when you approve it.`,
    "",
    `Review estimate: ${link}`,
  ].join("\n");

export type WithdrawnProps = Props & { why: string };

/** "approved $1,240.00 of $1,890.00", of which the reader is the subject. */
const confirmedPoint = ({ summary, unitNumber }: ConfirmedProps): string => `You ${summary} for unit ${unitNumber}`;

export const confirmedSubject = (props: ConfirmedProps): string => `${confirmedPoint(props)} (${props.number})`;

export const EstimateConfirmedMail = (props: ConfirmedProps) => (
  <MailFrame organization={props.organization} first={confirmedPoint(props)} button={{ href: props.link, label: "View what you decided" }}>
    <p>
      Estimate {props.number}: {props.title}. The PDF shows it as you decided it.
    </p>
    {props.note && <p style={{ whiteSpace: "pre-line" }}>“{props.note}”</p>}
    <p>If this wasn't you, call {props.organization.name} right away.</p>
  </MailFrame>
);

export const confirmedText = (props: ConfirmedProps): string =>
  [
    `${confirmedPoint(props)}.`,
    "",
    `Estimate ${props.number}: ${props.title}. The PDF shows it as you decided it.`,
    ...(props.note ? ["", `"${props.note}"`] : []),
    "",
    `If this wasn't you, call ${props.organization.name} right away.`,
    "",
    `View what you decided: ${props.link}`,
  ].join("\n");

export const withdrawnSubject = ({ number, unitNumber }: WithdrawnProps): string => `Estimate ${number} for unit ${unitNumber} was withdrawn`;

export const EstimateWithdrawnMail = (props: WithdrawnProps) => (
  <MailFrame organization={props.organization} first={withdrawnSubject(props)} button={{ href: props.link, label: "View estimate" }}>
    <p>
      {props.organization.name} withdrew this estimate, so there is nothing to decide. {props.title}, {props.amount}.
    </p>
    <p style={{ whiteSpace: "pre-line" }}>“{props.why}”</p>
  </MailFrame>
);

export const withdrawnText = (props: WithdrawnProps): string => [withdrawnSubject(props), "", `"${props.why}"`, "", `View estimate: ${props.link}`].join("\n");

export const answeredSubject = ({ number, summary }: AnsweredProps): string => `${summary} (${number})`;

export const EstimateAnsweredMail = ({ organization, number, unitNumber, title, link, summary, note }: AnsweredProps) => (
  <MailFrame organization={organization} first={summary} button={{ href: link, label: "Open the estimate" }}>
    <p>
      Estimate {number}, unit {unitNumber}: {title}
    </p>
    {note && <p style={{ whiteSpace: "pre-line" }}>“{note}”</p>}
  </MailFrame>
);

export const answeredText = ({ number, unitNumber, title, link, summary, note }: AnsweredProps): string =>
  [summary, "", `Estimate ${number}, unit ${unitNumber}: ${title}`, ...(note ? ["", `"${note}"`] : []), "", `Open the estimate: ${link}`].join("\n");

export const messageSubject = ({ who, number, about }: MessageProps): string =>
  `New message from ${who} about ${about ? `"${about}" in ` : ""}estimate ${number}`;

export const EstimateMessageMail = (props: MessageProps) => (
  <MailFrame organization={props.organization} first={messageSubject(props)} button={{ href: props.link, label: "Read and reply" }}>
    <p style={{ whiteSpace: "pre-line" }}>“{props.message}”</p>
    <p>
      Unit {props.unitNumber}: {props.title}
    </p>
  </MailFrame>
);

export const messageText = (props: MessageProps): string =>
  [messageSubject(props), "", `"${props.message}"`, "", `Unit ${props.unitNumber}: ${props.title}`, "", `Read and reply: ${props.link}`].join("\n");

export const colleagueSubject = ({ who, amount, unitNumber, number }: ColleagueProps): string =>
  `${who} asks you to decide: ${amount} for unit ${unitNumber} (${number})`;

export const EstimateColleagueMail = (props: ColleagueProps) => (
  <MailFrame
    organization={props.organization}
    first={`${props.amount} for unit ${props.unitNumber}: ${props.title}`}
    button={{ href: props.link, label: "Review estimate" }}
  >
    <p>
      This is above {props.who}'s approval limit, so they're asking you. Estimate {props.number} from {props.organization.name} is valid until {props.lastDay}.
    </p>
  </MailFrame>
);

export const colleagueText = (props: ColleagueProps): string =>
  [
    `${props.amount} for unit ${props.unitNumber}: ${props.title}`,
    "",
    `This is above ${props.who}'s approval limit, so they're asking you. Estimate ${props.number} from ${props.organization.name} is valid until ${props.lastDay}.`,
    "",
    `Review estimate: ${props.link}`,
  ].join("\n");

export const reminderSubject = ({ amount, unitNumber, number, lastDay }: ReadyProps): string =>
  `Still waiting for your answer, valid until ${lastDay}: ${amount} for unit ${unitNumber} (${number})`;

export const secondPersonSubject = ({ who, number, amount }: ColleagueProps): string => `${who} asked a colleague to approve ${amount} (${number})`;

export const SecondPersonMail = (props: ColleagueProps) => (
  <MailFrame organization={props.organization} first={secondPersonSubject(props)} button={{ href: props.link, label: "Open the estimate" }}>
    <p>
      Unit {props.unitNumber}: {props.title}
    </p>
  </MailFrame>
);

export const secondPersonText = (props: ColleagueProps): string =>
  [secondPersonSubject(props), "", `Unit ${props.unitNumber}: ${props.title}`, "", `Open the estimate: ${props.link}`].join("\n");
