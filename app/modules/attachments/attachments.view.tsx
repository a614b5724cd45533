import type { ComponentProps } from "react";
import { LazySection, lazySection } from "~/ui/lazy-section";
import type { AttachmentPanel as Panel } from "./attachment-panel.view";

const panel = lazySection(() => import("./attachment-panel.view").then((file) => file.AttachmentPanel));

/**
 * The files of any record. To use it, in a page's route:
 *
 *     // loader, after the record was found
 *     attachments: await readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
 *     // component
 *     <AttachmentPanel {...attachments} />
 *
 * Nothing else is needed: uploads go to /uploads and /files/new, and files are served and hidden under /files.
 */
export const AttachmentPanel = (props: ComponentProps<typeof Panel>) => <LazySection section={panel} props={props} />;
