import { MailFrame, type MailSender } from "../mail-frame";

export type ReplyFacts = { organization: MailSender; sender: string; email: string; subject: string; text: string; left: readonly string[]; link: string };

export const replySubject = ({ sender, subject }: ReplyFacts): string => `${sender} replied to "${subject}"`.replace(/[\r\n]+/g, " ").slice(0, 300);
const leftOut = ({ left }: ReplyFacts): string =>
  left.length === 0 ? "" : `Attached, and not here: ${left.join(", ")}. It is at the mail provider, Resend, under Receiving; or ask for it to be sent again.`;

export const ReplyMail = (facts: ReplyFacts) => (
  <MailFrame organization={facts.organization} first={replySubject(facts)} button={{ href: facts.link, label: "View the record" }}>
    <p style={{ whiteSpace: "pre-line" }}>{facts.text}</p>
    {leftOut(facts) !== "" && <p>{leftOut(facts)}</p>}
    <p>{`If you reply to this email, it goes to ${facts.email}.`}</p>
  </MailFrame>
);

export const replyText = (facts: ReplyFacts): string =>
  [replySubject(facts), "", facts.text, "", leftOut(facts), `If you reply to this email, it goes to ${facts.email}.`, "", `View the record: ${facts.link}`]
    .filter((line, at) => line !== "" || at < 4)
    .join("\n");
