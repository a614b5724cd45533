import { redirect } from "@remix-run/cloudflare";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { type Face, isFace } from "~/kernel/audience";
import { type Id, newId, parseId } from "~/kernel/ids";
import { ownPath, paths } from "~/kernel/paths";
import { addFile } from "~/modules/attachments/add-file.server";
import { ACCEPT, type FileRefusal, fileRefusalWords, MAX_BYTES, sizeInWords } from "~/modules/attachments/attachment";
import { recordOfTicket } from "~/modules/attachments/check-ticket.server";
import { staff } from "~/platform/http/guards.server";
import { boundaryOf, formParts, Malformed, textOf } from "~/platform/http/multipart.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { FormProblem } from "~/ui/form";
import { PageBody, PageHeader } from "~/ui/page";
import { FileDrop } from "~/ui/upload/file-drop";

export const meta = () => [{ title: "Add a file" }];

export const loader = staff.loader("attachment:add", async ({ services, url }) => {
  orNotFound(recordOfTicket(services, url.searchParams.get("to")));
  return { nextId: newId("attachment", services.clock.now()) };
});

const UNREADABLE = { words: "That form could not be read. Go back, reload the page and try again." };
const statusOf: Record<FileRefusal["kind"], number> = { empty: 422, "too-large": 413, type: 415 };

/** A file from a plain form. It is passed on as it comes, so its other fields must stand before it. */
export const action = staff.stream("attachment:add", async ({ request, services, url }) => {
  const record = orNotFound(recordOfTicket(services, url.searchParams.get("to")));
  const boundary = boundaryOf(request);
  if (!boundary || !request.body) return problem(415, UNREADABLE);
  let [id, back]: [Id<"attachment"> | null, string | null] = [null, null];
  const audiences: Face[] = [];
  try {
    for await (const part of formParts(request.body, boundary)) {
      if (part.name === "id") id = parseId("attachment", await textOf(part, 100));
      if (part.name === "back") back = await textOf(part, 2_000);
      if (part.name === "share") {
        const face = await textOf(part, 20);
        if (isFace(face)) audiences.push(face);
      }
      if (part.name !== "file" || part.fileName === null) continue;
      if (!id) return problem(422, UNREADABLE);
      if (part.fileName === "") return problem(422, { words: "Choose a file first." });
      const added = await addFile(services, { id, record, name: part.fileName, audiences, content: part.content });
      if (added.ok) {
        services.drainSoon();
        return redirect(ownPath(back, paths.staff.fleet), 303);
      }
      if (added.error.kind === "too-often")
        return problem(
          429,
          { words: "Your shop has added very many files within this hour. Wait a little and try again." },
          { "Retry-After": String(added.error.retryAfter) },
        );
      return problem(statusOf[added.error.kind], { words: fileRefusalWords(added.error) });
    }
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
  }
  return problem(422, UNREADABLE);
});

/** Where a plain form ends up whose file was refused; scripts tell it in place. */
export default function AddFile() {
  const { nextId } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHeader title="Add a file" />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.words, safe: "Nothing was added." }} />}
        <Form method="post" encType="multipart/form-data" className="max-w-150">
          <input type="hidden" name="id" value={nextId} />
          <FileDrop accept={ACCEPT} hint={`Photos, PDF and MP4 video, up to ${sizeInWords(MAX_BYTES)} each.`} />
        </Form>
      </PageBody>
    </>
  );
}
