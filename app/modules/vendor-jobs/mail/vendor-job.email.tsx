import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** What a letter says: its point, the facts beneath it, what somebody wrote, and the one thing to do. */
export type MailContent = { first: string; facts: readonly string[]; quote: string; button: string };
/** Without a `link` there is nothing to open. */
type Props = MailContent & { organization: MailSender; link: string | null };

/** All mails about outside work are of one shape, and hold only what was decided: each attempt renders the same. */
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
