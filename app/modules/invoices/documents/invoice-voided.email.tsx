import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type InvoiceVoidedMailProps = { organization: MailSender; number: string; units: string; link: string | null };

export const invoiceVoidedSubject = ({ number, organization }: InvoiceVoidedMailProps): string =>
  `Invoice ${number} from ${organization.name} was voided; nothing to pay`;

const pointOf = ({ number }: InvoiceVoidedMailProps): string => `Invoice ${number} was voided; nothing to pay`;
const wholeOf = ({ organization, number, units }: InvoiceVoidedMailProps): string =>
  `${organization.name} voided invoice ${number} for work on ${units}. Please don't pay it. The PDF marked void is attached for your records.`;

export const InvoiceVoidedMail = (props: InvoiceVoidedMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={props.link === null ? null : { href: props.link, label: "View invoice" }}>
    <p>{wholeOf(props)}</p>
  </MailFrame>
);

export const invoiceVoidedText = (props: InvoiceVoidedMailProps): string =>
  [pointOf(props), "", wholeOf(props), ...(props.link === null ? [] : ["", `View invoice: ${props.link}`])].join("\n");
