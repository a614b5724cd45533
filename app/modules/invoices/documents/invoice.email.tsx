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
  /** Where it can be paid online without signing in; null if the shop takes no payments there. */
  payAt: string | null;
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

/** Paying first; both without what isn't there. */
const buttonsOf = ({ payAt, link }: InvoiceMailProps): { href: string; label: string }[] => [
  ...(payAt === null ? [] : [{ href: payAt, label: "Pay invoice" }]),
  ...(link === null ? [] : [{ href: link, label: "View invoice" }]),
];

export const InvoiceMail = (props: InvoiceMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={buttonsOf(props)[0] ?? null}>
    <p>{wholeOf(props)}</p>
    {buttonsOf(props)
      .slice(1)
      .map(({ href, label }) => (
        <p key={href}>
          <a href={href}>{label}</a>
        </p>
      ))}
  </MailFrame>
);

export const invoiceText = (props: InvoiceMailProps): string =>
  [pointOf(props), "", wholeOf(props), ...buttonsOf(props).flatMap(({ href, label }) => ["", `${label}: ${href}`])].join("\n");
