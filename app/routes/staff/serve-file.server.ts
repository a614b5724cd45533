import { parseId } from "~/kernel/ids";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import { fileAnswer } from "~/platform/http/file.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";

export const serveFile = (part: "file" | "thumbnail") =>
  staff.loader("attachment:read", async ({ services, params, request }) => {
    const id = orNotFound(parseId("attachment", params.attachmentId));
    const opened = await openAttachment(services, id, () => true, part);
    if (opened.ok) return fileAnswer(services.files, request, opened.value);
    if (opened.error.kind === "hidden") throw refuse(403, "This file is hidden. Only owners and managers can open it.");
    throw refuse(404, "Not found");
  });
