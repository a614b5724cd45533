import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** Content of a mail: first line, facts, quoted text, and the label of its button. */
export type MailContent = { first: string; facts: readonly string[]; quote: string; button: string };
/** `link` is null for a vendor without a portal. */
type Props = MailContent & { organization: MailSender; link: string | null };

/** One layout for all mails about vendor jobs. It holds only stored facts, so every delivery attempt sends the same bytes. */
export const VendorJobMail = ({ organization, first, facts, quote, button, link }: Props) => (
  <MailFrame organization={organization} first={first} button={link === null ? null : { href: link, label: button }}>
    {facts.map((fact) => (
      <p key={fact}>{fact}</p>
    ))}
    {quote && <p style={{ whiteSpace: "pre-line" }}>“{quote}”</p>}
  </MailFrame>
);

export const vendorJobText = ({ first, facts, quote, button, link }: Props): string =>
  [first, "", ...facts, ...(quote ? ["", `"${quote}"`] : []), ...(link === null ? [] : ["", `${button}: ${link}`])].join("\n");
