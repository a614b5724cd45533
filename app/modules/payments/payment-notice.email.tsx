import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import type { MailTemplate } from "~/modules/notifications/notification-table";

/** A short mail about money at Square: what happened, what follows, and where to look. */
export type PaymentNotice = {
  organization: MailSender;
  subject: string;
  first: string;
  lines: readonly string[];
  button: { href: string; label: string } | null;
};

const PaymentNoticeMail = ({ organization, first, lines, button }: PaymentNotice) => (
  <MailFrame organization={organization} first={first} button={button}>
    {lines.map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const paymentNoticeMail = (template: MailTemplate, notice: PaymentNotice) => ({
  template,
  subject: notice.subject,
  html: PaymentNoticeMail(notice),
  text: [notice.first, "", ...notice.lines, ...(notice.button ? ["", `${notice.button.label}: ${notice.button.href}`] : [])].join("\n"),
});
