import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

type Props = { organization: MailSender; portal: string; link: string; code: string };

export const portalInviteSubject = (organization: string): string => `${organization} opened its customer portal to you`;

export function PortalInviteMail({ organization, portal, link, code }: Props) {
  return (
    <MailFrame organization={organization} first={`See your vehicles at ${organization.name}.`} button={{ href: link, label: "Open the portal" }}>
      <p>Where your vehicles are, how the work on them stands, and what it costs: in one place, any time.</p>
      <p>
        The button works once, for 15 minutes. After that, open <a href={portal}>{portal}</a>, type this address, and a new link comes by mail. There is no
        password. The code for now is <strong>{code}</strong>.
      </p>
    </MailFrame>
  );
}

export const portalInviteText = ({ organization, portal, link, code }: Props): string =>
  [
    `See your vehicles at ${organization.name}: where they are, how the work stands, what it costs.`,
    "",
    `Open the portal now (works once, for 15 minutes): ${link}`,
    `Or type this code: ${code}`,
    "",
    `Any time later: ${portal}. Type your address there, and a new link comes by mail. There is no password.`,
  ].join("\n");
