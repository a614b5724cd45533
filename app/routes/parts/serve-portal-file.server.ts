import type { Portal } from "~/kernel/audience";
import { parseId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { RecordName } from "~/modules/attachments/attachment";
import { openAttachment } from "~/modules/attachments/open-attachment.server";
import type { Authed } from "~/platform/http/authed.server";
import { fileAnswer } from "~/platform/http/file.server";
import { orNotFound } from "~/platform/http/problem.server";

type CanRead<F extends Portal> = (services: Authed<F>["services"], record: RecordName, addedAt: UtcMs) => Promise<boolean>;

/** Serves a file of a record that the portal user can see; any other file answers 404. */
export const portalFileOf =
  <F extends Portal>(canRead: CanRead<F>, part: "file" | "thumbnail") =>
  async ({ services, params, request }: Authed<F>): Promise<Response> => {
    const id = orNotFound(parseId("attachment", params.attachmentId));
    const opened = await openAttachment(services, id, (record, addedAt) => canRead(services, record, addedAt), part);
    if (!opened.ok) throw new Response("Not found", { status: 404 });
    return fileAnswer(services.files, request, opened.value);
  };
