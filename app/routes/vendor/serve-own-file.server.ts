import { parseId } from "~/kernel/ids";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import { reachesRecord } from "~/modules/vendor-jobs/own-jobs.read.server";
import { fileAnswer } from "~/platform/http/file.server";
import { vendor } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";

/** A file of the vendor's own open jobs, or one that the shop shares of their orders; any other is as one that never was. */
export const serveOwnFile = (part: "file" | "thumbnail") =>
  vendor.loader("attachment:read", async ({ services, params, request }) => {
    const id = orNotFound(parseId("attachment", params.attachmentId));
    const opened = await openAttachment(services, id, (record, addedAt) => reachesRecord(services.db, record, addedAt), part);
    if (!opened.ok) throw new Response("Not found", { status: 404 });
    return fileAnswer(services.files, request, opened.value);
  });
