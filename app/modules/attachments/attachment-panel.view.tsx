import { useState } from "react";
import { Form, useLocation, useRevalidator, useSearchParams } from "react-router";
import type { Portal } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Section } from "~/ui/page";
import { FileDrop } from "~/ui/upload/file-drop";
import { UploadList } from "~/ui/upload/upload-list";
import { useUploads } from "~/ui/upload/use-uploads";
import { ACCEPT, ACCEPTED, type Attachment, formatSize, MAX_BYTES } from "./attachment";
import { FileTile, HiddenTile, places, portalLabels } from "./file-tile.view";
import { HideForm } from "./hide-form.view";
import { PART_BYTES } from "./upload/parts";

type Unfinished = { id: string; name: string; bytes: number; parts: number };
type Props = {
  items: readonly Attachment[];
  older: string | null;
  newest: boolean;
  unfinished: readonly Unfinished[];
  to: string;
  nextId: string;

  /** Whether this user may open hidden files. */
  opensHidden: boolean;
  /** The portals that new files can be shared with. */
  shareWith?: readonly Portal[];
  /** Whether sharing is preselected; "always" leaves no choice. */
  sharesAtFirst?: boolean | "always";
  /** The audience of the page. Portal users see and add files, but can't hide them. */
  as?: "staff" | "customer" | "vendor";
  /** Whether this user may add files. */
  mayAdd?: boolean;
  /** Text if there are no files. */
  empty?: string;
};

/** The files of a record: view, add, hide. Pages use `attachments.view`, which loads this lazily. */
export function AttachmentPanel({
  items,
  older,
  newest,
  unfinished,
  to,
  nextId,
  opensHidden,
  shareWith = [],
  sharesAtFirst = false,
  as = "staff",
  mayAdd = true,
  empty,
}: Props) {
  const { pathname, search } = useLocation();
  const [query] = useSearchParams();
  const { revalidate } = useRevalidator();
  const [shared, setShared] = useState<readonly Portal[]>(sharesAtFirst ? shareWith : []);
  const back = addressWith(pathname, search, { hide: null });
  const uploads = useUploads({
    at: paths.upload,
    as: as === "staff" ? undefined : as,
    facts: { to, audiences: shared },
    idFor: (file) => unfinished.find(({ name, bytes }) => name === file.name && bytes === file.size)?.id ?? newId("attachment"),
    onDone: revalidate,
  });
  const broken = unfinished.filter(({ id }) => !uploads.going.some((one) => one.id === id));
  const hiding = items.find(({ id, hidden }) => id === query.get("hide") && hidden === null);
  return (
    <Section title="Files" count={older || !newest ? undefined : items.length}>
      {mayAdd && (
        <Form method="post" encType="multipart/form-data" action={places[as].addFile(to)} className="grid gap-2">
          {/* Before the file, so that they are known when it begins to come. */}
          <input type="hidden" name="id" value={nextId} />
          <input type="hidden" name="back" value={back} />
          {shareWith.map((portal) =>
            sharesAtFirst === "always" ? (
              <input key={portal} type="hidden" name="share" value={portal} />
            ) : (
              <label key={portal} className="flex min-h-(--target) items-center gap-2">
                <input
                  type="checkbox"
                  name="share"
                  value={portal}
                  defaultChecked={sharesAtFirst}
                  onChange={({ target: { checked } }) => setShared((all) => [...all.filter((one) => one !== portal), ...(checked ? [portal] : [])])}
                />{" "}
                Show in {portalLabels[portal]} too
              </label>
            ),
          )}
          <FileDrop accept={ACCEPT} hint={`${ACCEPTED}, up to ${formatSize(MAX_BYTES)} each.`} onFiles={uploads.add} />
        </Form>
      )}
      <UploadList going={uploads.going} newest={uploads.newest} formatSize={formatSize} onRetry={uploads.retry} onCancel={uploads.cancel} />
      {broken.length > 0 && (
        <ul aria-label="Unfinished files" className="divide-y divide-line border-y border-line">
          {broken.map(({ id, name, bytes, parts }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
              <span className="min-w-0">
                <span className="font-semibold">{name}</span> broke off: {formatSize(Math.min(bytes, parts * PART_BYTES))} of {formatSize(bytes)} are here.{" "}
                <span className="text-ink-soft">Choose the same file again to continue.</span>
              </span>
              <button
                type="button"
                onClick={() => uploads.cancel(id)}
                className="min-h-(--target) rounded-corner px-2 text-accent underline underline-offset-2 hover:bg-hover"
                aria-label={`Discard ${name}`}
              >
                Discard
              </button>
            </li>
          ))}
        </ul>
      )}
      {items.length === 0 ? (
        <p className="text-ink-soft">
          {empty ?? "No files yet. Add photos of the damage, signed documents and reports. They're internal unless you share them."}
        </p>
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets.
        <ul role="list" aria-label="Files" className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-4 gap-y-5">
          {items.map((item) => (
            <li key={item.id} className="grid min-w-0 content-start gap-1">
              {item.hidden ? (
                <HiddenTile item={item} opens={opensHidden} />
              ) : (
                <FileTile
                  item={item}
                  as={as}
                  hideAt={as === "staff" ? addressWith(pathname, search, { hide: item.id }) : null}
                  sharing={as === "staff" && sharesAtFirst !== "always" ? { portals: shareWith, back } : undefined}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {(older || !newest) && (
        <nav aria-label="Pages of files" className="flex gap-2">
          {!newest && <ButtonLink to={addressWith(pathname, search, { files: null })}>Newest files</ButtonLink>}
          {older && <ButtonLink to={addressWith(pathname, search, { files: older })}>Older files</ButtonLink>}
        </nav>
      )}
      <Dialog key={hiding?.id} title={`Hide ${hiding?.name ?? ""}`} open={hiding !== undefined} closeTo={back}>
        {hiding && <HideForm id={hiding.id} back={back} />}
      </Dialog>
    </Section>
  );
}

/** This page's URL with query parameters set or removed. */
function addressWith(pathname: string, search: string, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `${pathname}?${text}` : pathname;
}
