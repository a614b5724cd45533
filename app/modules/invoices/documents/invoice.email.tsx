import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Holds only issued facts, so every delivery attempt sends the same bytes. `link` is null while the customer's portal is off. */
export type InvoiceMailProps = {
  organization: MailSender;
  number: string;
  /** What is due, less what deposits paid when it was issued. */
  amount: string;
  deposit: { paid: string; total: string } | null;
  dueDay: string;
  units: string;
  link: string | null;
};

export const invoiceSubject = ({ number, amount, dueDay, organization }: InvoiceMailProps): string =>
  `Invoice ${number} from ${organization.name}: ${amount}, due ${dueDay}`;

const pointOf = ({ amount, dueDay }: InvoiceMailProps): string => `${amount} due by ${dueDay}`;
const wholeOf = ({ organization, number, units, deposit }: InvoiceMailProps): string =>
  [
    `${organization.name} issued invoice ${number} for work on ${units}.`,
    ...(deposit ? [`The total is ${deposit.total}; your deposit paid ${deposit.paid} of it.`] : []),
    "The PDF is attached.",
  ].join(" ");

export const InvoiceMail = (props: InvoiceMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={props.link === null ? null : { href: props.link, label: "View invoice" }}>
    <p>{wholeOf(props)}</p>
  </MailFrame>
);

export const invoiceText = (props: InvoiceMailProps): string =>
  [pointOf(props), "", wholeOf(props), ...(props.link === null ? [] : ["", `View invoice: ${props.link}`])].join("\n");
