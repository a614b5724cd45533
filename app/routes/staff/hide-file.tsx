import { useLoaderData } from "react-router";
import * as z from "zod";
import { localPath, paths } from "~/kernel/paths";
import { readAttachment } from "~/modules/attachments/attachments.read.server";
import { hideAttachment } from "~/modules/attachments/hide-attachment.server";
import { HideForm } from "~/modules/attachments/hide-form.view";
import { shareAttachment } from "~/modules/attachments/share-attachment.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { name: string } }) => [{ title: loaderData ? `Hide ${loaderData.name}` : "Hide a file" }];

export const loader = staff.loader("attachment:hide", async ({ services, id: idOf, url }) => {
  const { id, name, hidden } = orNotFound(await readAttachment(services.db, idOf("attachment")));
  return { id, name, hidden, back: localPath(url.searchParams.get("back"), paths.staff.today) };
});

/** Only these portals are chosen by hand; a driver sees their own photos. */
const sharing = z.object({ portal: z.enum(["customer", "vendor"]), back: z.string().optional() });

export const action = staff.commands({
  hide: staff.command({
    permission: "attachment:hide",
    form: z.object({
      reason: z.string().trim().min(3, "Enter a short reason.").max(200, "Use at most 200 characters."),
      back: z.string().optional(),
    }),
    run: ({ services, id, form }) => hideAttachment(services, id("attachment"), form.reason),
    goTo: ({ form }) => localPath(form.back, paths.staff.today),
  }),
  share: staff.command({
    permission: "attachment:add",
    form: sharing,
    run: ({ services, id, form }) => shareAttachment(services, id("attachment"), form.portal, true),
    goTo: ({ form }) => localPath(form.back, paths.staff.today),
  }),
  unshare: staff.command({
    permission: "attachment:add",
    form: sharing,
    run: ({ services, id, form }) => shareAttachment(services, id("attachment"), form.portal, false),
    goTo: ({ form }) => localPath(form.back, paths.staff.today),
  }),
});

/** The page that shows the dialog's form again when it was refused; its URL also works without the dialog. */
export default function HideFile() {
  const { id, name, hidden, back } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader title={`Hide ${name}`} />
      <PageBody>
        <FormResult result={result} />
        {hidden ? (
          <Notice tone="slate" title={`${hidden.by} hid this file: ${hidden.reason}`} />
        ) : (
          <div className="max-w-150">
            <HideForm id={id} back={result?.problem?.values?.back ?? back} />
          </div>
        )}
      </PageBody>
    </>
  );
}
