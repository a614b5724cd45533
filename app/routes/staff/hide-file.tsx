import { redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { localPath, paths } from "~/kernel/paths";
import { readAttachment } from "~/modules/attachments/attachments.read.server";
import { hideAttachment } from "~/modules/attachments/hide-attachment.server";
import { HideForm } from "~/modules/attachments/hide-form.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = ({ loaderData }: { loaderData?: { name: string } }) => [{ title: loaderData ? `Hide ${loaderData.name}` : "Hide a file" }];

export const loader = staff.loader("attachment:hide", async ({ services, params, url }) => {
  const { id, name, hidden } = orNotFound(await readAttachment(services.db, orNotFound(parseId("attachment", params.attachmentId))));
  return { id, name, hidden, back: localPath(url.searchParams.get("back"), paths.staff.fleet) };
});

const Reason = z.object({
  reason: z.string().trim().min(3, "Enter a short reason.").max(200, "Use at most 200 characters."),
  back: z.string().optional(),
});

export const action = staff.action("attachment:hide", Reason, async ({ services, params, form }) => {
  const hidden = await hideAttachment(services, orNotFound(parseId("attachment", params.attachmentId)), form.reason);
  if (!hidden.ok && hidden.error.kind === "not-found") throw new Response("Not found", { status: 404 });
  if (!hidden.ok) return problem(409, { message: "Someone else just changed this file. Check the latest version and try again." });
  services.drainSoon();
  return redirect(localPath(form.back, paths.staff.fleet), 303);
});

/** The page that shows the dialog's form again when it was refused; its URL also works without the dialog. */
export default function HideFile() {
  const { id, name, hidden, back } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  return (
    <>
      <PageHeader title={`Hide ${name}`} />
      <PageBody>
        <FormResult result={result} />
        {hidden ? (
          <Notice tone="slate" title={`${hidden.by} hid this file: ${hidden.reason}`} />
        ) : (
          <div className="max-w-150">
            <HideForm id={id} back={refusal?.values?.back ?? back} error={refusal?.fields?.reason} reason={refusal?.values?.reason} />
          </div>
        )}
      </PageBody>
    </>
  );
}
