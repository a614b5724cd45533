import { redirect } from "react-router";
import { isPortal, type Portal } from "~/kernel/audience";
import { type Id, newId, parseId } from "~/kernel/ids";
import { homeOf, localPath } from "~/kernel/paths";
import { addFile } from "~/modules/attachments/add-file.server";
import { type FileRefusal, fileRefusalMessage, type RecordName } from "~/modules/attachments/attachment";
import { recordOfTicket } from "~/modules/attachments/upload/check-ticket.server";
import type { Authed } from "~/platform/http/authed.server";
import { boundaryOf, formParts, Malformed, textOf } from "~/platform/http/multipart.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { overQuota } from "~/platform/http/quotas.server";
import { canAttachTo } from "~/queries/can-attach-to.server";

const UNREADABLE = { message: "That form could not be read. Go back, reload the page and try again." };
const statusOf: Record<FileRefusal["kind"], number> = { empty: 422, "too-large": 413, type: 415, "id-taken": 409 };

type Taking = Pick<Authed<"staff"> | Authed<"customer"> | Authed<"vendor">, "request" | "services" | "url">;

async function recordToAddTo({ services, url }: Omit<Taking, "request">): Promise<RecordName> {
  const record = orNotFound(recordOfTicket(services, url.searchParams.get("to")));
  if (!(await canAttachTo(services.db)(record))) throw new Response("Not found", { status: 404 });
  return record;
}

/** The page of the plain upload form; it needs a valid upload ticket. */
export async function openFileForm({ services, url }: Omit<Taking, "request">) {
  await recordToAddTo({ services, url });
  return { nextId: newId("attachment", services.clock.now()) };
}

/** Takes a file from a plain form. The file is streamed, so the other fields must come before it. */
export async function takeFile({ request, services, url }: Taking) {
  const record = await recordToAddTo({ services, url });
  const boundary = boundaryOf(request);
  if (!boundary || !request.body) return problem(415, UNREADABLE);
  let [id, back]: [Id<"attachment"> | null, string | null] = [null, null];
  const audiences: Portal[] = [];
  try {
    for await (const part of formParts(request.body, boundary)) {
      if (part.name === "id") id = parseId("attachment", await textOf(part, 100));
      if (part.name === "back") back = await textOf(part, 2_000);
      if (part.name === "share") {
        const portal = await textOf(part, 20);
        if (isPortal(portal)) audiences.push(portal);
      }
      if (part.name !== "file" || part.fileName === null) continue;
      if (!id) return problem(422, UNREADABLE);
      if (part.fileName === "") return problem(422, { message: "Choose a file first." });
      const added = await addFile(services, { id, record, name: part.fileName, audiences, content: part.content });
      if (added.ok) {
        return redirect(localPath(back, homeOf[services.db.scope.audience]), 303);
      }
      if (added.error.kind === "over-quota") return overQuota(added.error);
      return problem(statusOf[added.error.kind], { message: fileRefusalMessage(added.error) });
    }
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
  }
  return problem(422, UNREADABLE);
}
