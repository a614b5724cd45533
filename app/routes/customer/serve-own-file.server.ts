import { parseId } from "~/kernel/ids";
import type { RecordName } from "~/modules/attachments/attachment";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import { readOwnRights } from "~/modules/customers/contact.read.server";
import { reachesOwnRecord } from "~/modules/reports/own-record.read.server";
import { fileAnswer } from "~/platform/http/file.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";

/** A file of the customer's own records that the shop shares with it, or that its people added; any other is as one that never was. */
export const serveOwnFile = (part: "file" | "thumbnail") =>
  customer.loader("attachment:read", async ({ services, params, request }) => {
    const id = orNotFound(parseId("attachment", params.attachmentId));
    const owns = async (record: RecordName) => reachesOwnRecord(services.db, await readOwnRights(services.db), record);
    const opened = await openAttachment(services, id, owns, part);
    if (!opened.ok) throw new Response("Not found", { status: 404 });
    return fileAnswer(services.files, request, opened.value);
  });
