import type { ReactElement } from "react";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { MailTemplate } from "~/modules/notifications/notification-table";
import { mailEach } from "~/modules/notifications/notify-staff.server";
import type { Organization } from "~/platform/directory/directory.server";
import type { Documents, NamedDocument } from "~/platform/pdf/documents.server";

type Needs = { documents: Documents; mailer: Mailer };
type DocumentMail<Props> = {
  people: readonly { id?: string; email: string }[];
  template: MailTemplate;
  props: Props & { organization: Pick<Organization, "name" | "publicOrigin" | "email"> };
  subject(props: Props): string;
  text(props: Props): string;
  html(props: Props): ReactElement;
  files: readonly NamedDocument[];
};

/** Mails documents to people of a customer. They are stored, so that every attempt sends the same bytes. */
export async function mailDocuments<Props>(s: Needs, key: string, { people, template, props, subject, text, html, files }: DocumentMail<Props>): Promise<void> {
  if (people.length === 0) return;
  const attachments = [];
  for (const file of files) attachments.push({ name: file.name, content: await s.documents.read(file) });
  await mailEach(s.mailer, key, props.organization, people, { template, subject: subject(props), text: text(props), html: html(props), attachments });
}
