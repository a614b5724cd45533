import { MailFrame, type MailSender } from "./mail-frame";

type Props = { organization: MailSender; link: string; code: string };

export const signInSubject = (organization: string): string => `Your sign-in link for ${organization}`;

export function SignInMail({ organization, link, code }: Props) {
  return (
    <MailFrame organization={organization} first={`Sign in to ${organization.name}.`} button={{ href: link, label: "Open the sign-in page" }}>
      <p>The link works once, for 15 minutes. On the page it opens, press Continue.</p>
      <p>
        Or enter this code on the page where you asked for the link: <strong style={{ fontFamily: "monospace", fontSize: 20, letterSpacing: 2 }}>{code}</strong>
      </p>
      <p>Didn't ask for this? You can ignore this email. No one can sign in without it.</p>
    </MailFrame>
  );
}

export const signInText = ({ organization, link, code }: Props): string =>
  [
    `Sign in to ${organization.name}:`,
    link,
    "",
    "The link works once, for 15 minutes.",
    `Or enter this code on the page where you asked for the link: ${code}`,
    "",
    "Didn't ask for this? You can ignore this email. No one can sign in without it.",
  ].join("\n");
