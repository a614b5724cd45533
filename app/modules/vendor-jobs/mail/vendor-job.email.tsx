import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

/** What a letter says: its point, the facts beneath it, what somebody wrote, and the one thing to do. */
export type Letter = { first: string; facts: readonly string[]; said: string; button: string };
/** Without a `link` there is nothing to open. */
type Props = Letter & { organization: MailSender; link: string | null };

/** All mails about outside work are of one shape, and hold only what was decided: each attempt renders the same. */
export const VendorJobMail = ({ organization, first, facts, said, button, link }: Props) => (
  <MailFrame organization={organization} first={first} button={link === null ? null : { href: link, words: button }}>
    {facts.map((fact) => (
      <p key={fact}>{fact}</p>
    ))}
    {said && <p style={{ whiteSpace: "pre-line" }}>“{said}”</p>}
  </MailFrame>
);

export const vendorJobText = ({ first, facts, said, button, link }: Props): string =>
  [first, "", ...facts, ...(said ? ["", `"${said}"`] : []), ...(link === null ? [] : ["", `${button}: ${link}`])].join("\n");
