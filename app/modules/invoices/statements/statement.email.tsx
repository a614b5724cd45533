import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type StatementMailProps = {
  organization: MailSender;
  from: string;
  through: string;
  /** The closing balance: "Balance due $130.00", "Credit balance $20.00". */
  balance: string;
  /** Null while the customer's portal is off. */
  link: string | null;
};

export const statementSubject = ({ organization, balance, through }: StatementMailProps): string =>
  `Statement from ${organization.name}: ${balance.charAt(0).toLowerCase()}${balance.slice(1)} as of ${through}`;

const pointOf = ({ balance, through }: StatementMailProps): string => `${balance} as of ${through}`;
const wholeOf = ({ organization, from, through }: StatementMailProps): string =>
  `Your account with ${organization.name} from ${from} through ${through}. The statement is attached as a PDF.`;

export const StatementMail = (props: StatementMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={props.link === null ? null : { href: props.link, label: "View account" }}>
    <p>{wholeOf(props)}</p>
  </MailFrame>
);

export const statementText = (props: StatementMailProps): string =>
  [pointOf(props), "", wholeOf(props), ...(props.link === null ? [] : ["", `View account: ${props.link}`])].join("\n");
