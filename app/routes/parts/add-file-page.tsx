import { Form, useLoaderData } from "react-router";
import { ACCEPT, ACCEPTED, formatSize, MAX_BYTES } from "~/modules/attachments/attachment";
import { FormProblem } from "~/ui/form";
import { PageBody, PageHeader } from "~/ui/page";
import { FileDrop } from "~/ui/upload/file-drop";
import { useFormResult } from "~/ui/use-form-result";
import type { openFileForm, takeFile } from "./receive-file.server";

/** The page of the plain upload form, shown when a file was refused; with JavaScript the error shows in place. */
export function AddFileScreen() {
  const { nextId } = useLoaderData<typeof openFileForm>();
  const refusal = useFormResult<typeof takeFile>()?.problem;
  return (
    <>
      <PageHeader title="Add a file" />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.message, safe: "Nothing was added." }} />}
        <Form method="post" encType="multipart/form-data" className="max-w-150">
          <input type="hidden" name="id" value={nextId} />
          <FileDrop accept={ACCEPT} hint={`${ACCEPTED}, up to ${formatSize(MAX_BYTES)} each.`} />
        </Form>
      </PageBody>
    </>
  );
}
