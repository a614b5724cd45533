import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

type Props = { organization: MailSender; portal: string; link: string; code: string };

export const portalInviteSubject = (organization: string): string => `${organization} invited you to its customer portal`;

export function PortalInviteMail({ organization, portal, link, code }: Props) {
  return (
    <MailFrame organization={organization} first={`See your vehicles at ${organization.name}.`} button={{ href: link, label: "Open the portal" }}>
      <p>Vehicle locations, work in progress and costs, all in one place, any time.</p>
      <p>
        The button works once, for 15 minutes. After that, open <a href={portal}>{portal}</a>, enter this email address, and we'll email you a new link. There's
        no password. Your code for now is <strong>{code}</strong>.
      </p>
    </MailFrame>
  );
}

export const portalInviteText = ({ organization, portal, link, code }: Props): string =>
  [
    `See your vehicles at ${organization.name}: locations, work in progress and costs.`,
    "",
    `Open the portal now (works once, for 15 minutes): ${link}`,
    `Or enter this code: ${code}`,
    "",
    `Any time later: ${portal}. Enter your email address there, and we'll email you a new link. There's no password.`,
  ].join("\n");
