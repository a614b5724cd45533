import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Holds only facts of the payment as it was recorded, so every delivery attempt sends the same bytes. */
export type ReceiptMailProps = {
  organization: MailSender;
  amount: string;
  /** "Check 1041" */
  method: string;
  day: string;
  /** The estimate that a deposit is for: "E-12". */
  estimate: string | null;
  /** `open` is null where the invoice is paid in full. */
  on: readonly { number: string; paid: string; open: string | null }[];
  /** What no invoice needed, if anything. */
  credit: string | null;
  /** Null while the customer's portal is off. */
  link: string | null;
};

export const receiptSubject = ({ amount, organization }: ReceiptMailProps): string => `Payment received: ${amount}, ${organization.name}`;

const pointOf = ({ amount }: ReceiptMailProps): string => `We received your payment of ${amount}`;
const receivedLine = ({ method, day }: ReceiptMailProps): string => `${method}, received ${day}. Thank you.`;
const stateOf = ({ open }: ReceiptMailProps["on"][number]): string => (open === null ? "paid in full" : `${open} still open`);

function creditLine({ credit, estimate, on }: ReceiptMailProps): string | null {
  if (credit === null) return null;
  if (estimate !== null) return `It is a deposit for estimate ${estimate} and pays the first invoice with its work.`;
  return on.length === 0 ? "It is credit on your account for coming invoices." : `${credit} is credit on your account.`;
}

const attachedLine = ({ on }: ReceiptMailProps): string | null =>
  on.length === 0 ? null : on.length === 1 ? "The invoice with its account is attached." : "The invoices with their accounts are attached.";

const closing = (props: ReceiptMailProps): string[] => [creditLine(props), attachedLine(props)].filter((line) => line !== null);

const cell = { padding: "8px 12px 8px 0", borderTop: "1px solid #d9d9e0", textAlign: "left", verticalAlign: "top" } as const;
const lastCell = { ...cell, paddingRight: 0, textAlign: "right", whiteSpace: "nowrap" } as const;

export const ReceiptMail = (props: ReceiptMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={props.link === null ? null : { href: props.link, label: "View account" }}>
    <p>{receivedLine(props)}</p>
    {props.on.length > 0 && (
      <table style={{ width: "100%", borderCollapse: "collapse" }}>
        <tbody>
          {props.on.map((one) => (
            <tr key={one.number}>
              <td style={cell}>
                <strong>{one.number}</strong>
                <br />
                {stateOf(one)}
              </td>
              <td style={lastCell}>{one.paid}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {closing(props).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const receiptText = (props: ReceiptMailProps): string =>
  [
    pointOf(props),
    "",
    receivedLine(props),
    ...props.on.map((one) => `${one.number}: ${one.paid} paid, ${stateOf(one)}`),
    ...closing(props),
    ...(props.link === null ? [] : ["", `View account: ${props.link}`]),
  ].join("\n");
