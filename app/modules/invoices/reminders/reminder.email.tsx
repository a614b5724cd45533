import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Facts of the day it was decided on, so every delivery attempt sends the same bytes. */
export type ReminderMailProps = {
  organization: MailSender & { phone: string | null };
  number: string;
  open: string;
  dueDay: string;
  /** "7 days late", "due in 3 days" */
  due: string;
  isLate: boolean;
  units: string;
  /** Null while the customer's portal is off. */
  link: string | null;
  /** Where it can be paid online; null if the shop takes no payments there. */
  payAt: string | null;
};

export const reminderSubject = ({ number, open, due, organization }: ReminderMailProps): string =>
  `Reminder: invoice ${number} from ${organization.name}, ${open} ${due}`;

const pointOf = ({ number, open, due }: ReminderMailProps): string => `${open} open on invoice ${number}, ${due}`;

const lines = ({ organization: { name, phone }, number, dueDay, units, isLate }: ReminderMailProps): string[] => [
  `Invoice ${number} from ${name} for work on ${units} ${isLate ? "was" : "is"} due ${dueDay}. The PDF is attached.`,
  `If you paid it already, thank you; please disregard this mail. Questions? ${phone ? `Call ${phone}.` : `Contact ${name}.`}`,
];

const buttonOf = ({ payAt, link }: ReminderMailProps) =>
  payAt !== null ? { href: payAt, label: "Pay invoice" } : link === null ? null : { href: link, label: "View invoice" };

export const ReminderMail = (props: ReminderMailProps) => (
  <MailFrame organization={props.organization} first={pointOf(props)} button={buttonOf(props)}>
    {lines(props).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const reminderText = (props: ReminderMailProps): string =>
  [pointOf(props), "", ...lines(props), ...[buttonOf(props)].flatMap((button) => (button ? ["", `${button.label}: ${button.href}`] : []))].join("\n");
