import { parseId } from "~/kernel/ids";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse } from "~/modules/customers/contacts/contact-rights";
import { fileAnswer } from "~/platform/http/file.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { wasSentPhoto } from "~/queries/customer/estimates.server";

/** Serves a photo that was sent to the customer with one of its estimates, and no other file. */
export const loader = customer.loader("estimate:read", async ({ services, params, request, url }) => {
  const estimateId = orNotFound(parseId("estimate", params.estimateId));
  const id = orNotFound(parseId("attachment", params.attachmentId));
  const [rights, isSent] = await Promise.all([readContactRights(services.db), wasSentPhoto(services.db, estimateId, id)]);
  if (!mayUse(rights, "documents").ok || !isSent) throw refuse(404, "Not found");
  const opened = await openAttachment(services, id, ({ kind }) => kind === "line", url.searchParams.get("size") === "small" ? "thumbnail" : "file");
  if (!opened.ok) throw refuse(404, "Not found");
  return fileAnswer(services.files, request, opened.value);
});
