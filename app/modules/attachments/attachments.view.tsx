import type { ComponentProps } from "react";
import { LazySection, lazySection } from "~/ui/lazy-section";
import type { AttachmentPanel as Panel } from "./attachment-panel.view";

const panel = lazySection(() => import("./attachment-panel.view").then((file) => file.AttachmentPanel));

/**
 * The files of a record, any record. To put it on a page, in its route:
 *
 *     // loader, after the record was found
 *     attachments: await readAttachments(services, { kind: "workOrder", id }, url.searchParams.get("files")),
 *     // component
 *     <AttachmentPanel {...attachments} moment={moment} />
 *
 * Nothing else: files are sent to /uploads and /files/new, and served and hidden under /files, whatever the record.
 */
export const AttachmentPanel = (props: ComponentProps<typeof Panel>) => <LazySection section={panel} props={props} />;
