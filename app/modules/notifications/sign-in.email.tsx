import { MailFrame, type MailSender } from "./mail-frame";

type Props = { organization: MailSender; link: string; code: string };

export const signInSubject = (organization: string): string => `Your sign-in link for ${organization}`;

export function SignInMail({ organization, link, code }: Props) {
  return (
    <MailFrame organization={organization} first={`Sign in to ${organization.name}.`} button={{ href: link, label: "Open the sign-in page" }}>
      <p>The link works once, for 15 minutes. It opens a page with a button; press it to come in.</p>
      <p>
        Or type this code where you asked for the link: <strong style={{ fontFamily: "monospace", fontSize: 20, letterSpacing: 2 }}>{code}</strong>
      </p>
      <p>You did not ask for this? Then do nothing: without this mail nobody gets in.</p>
    </MailFrame>
  );
}

export const signInText = ({ organization, link, code }: Props): string =>
  [
    `Sign in to ${organization.name}:`,
    link,
    "",
    "The link works once, for 15 minutes.",
    `Or type this code where you asked for the link: ${code}`,
    "",
    "You did not ask for this? Then do nothing: without this mail nobody gets in.",
  ].join("\n");
