import { Form, Link, useLocation, useRevalidator, useSearchParams } from "@remix-run/react";
import { EyeOff, FileText, Film, Image, type LucideIcon, Share2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Face } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Dialog } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Icon } from "~/ui/icon";
import type { MomentOptions } from "~/ui/moment";
import { Section } from "~/ui/page";
import { FileDrop } from "~/ui/upload/file-drop";
import { UploadList } from "~/ui/upload/upload-list";
import { useUploads } from "~/ui/upload/use-uploads";
import { ACCEPT, type Attachment, isOwnThumbnail, MAX_BYTES, type MediaType, sizeInWords, typeWords } from "./attachment";
import { PART_BYTES } from "./parts";

type Unfinished = { id: string; name: string; bytes: number; parts: number };
export type AttachmentPanelProps = {
  items: readonly Attachment[];
  older: string | null;
  newest: boolean;
  unfinished: readonly Unfinished[];
  to: string;
  nextId: string;
  moment: MomentOptions;
  /** Whether hidden files may be opened by who looks on. */
  opensHidden: boolean;
  /** The portals that this record's new files may also be shown in. */
  shareWith?: readonly Face[];
  /** What else to say of sharing: who exactly sees it. */
  shareHint?: string;
  /** Where files are added for a portal in the first place; "always" leaves no choice. */
  sharesAtFirst?: boolean | "always";
  /** Whose page it is; a portal's people see and add, and hide nothing. */
  as?: "staff" | "customer" | "vendor";
  /** Whether who looks on may add files. */
  mayAdd?: boolean;
  /** Said where there is no file yet. */
  empty?: string;
};

/** Where files are added and opened from the pages of a face. */
const places = { staff: paths.staff, customer: paths.customer, vendor: paths.vendor } as const;

const faceWords: Record<Face, string> = { staff: "the shop", customer: "the customer portal", vendor: "the vendor portal", driver: "the driver portal" };

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
export function AttachmentPanel(props: AttachmentPanelProps) {
  const {
    items,
    older,
    newest,
    unfinished,
    to,
    nextId,
    moment,
    opensHidden,
    shareWith = [],
    shareHint,
    sharesAtFirst = false,
    as = "staff",
    mayAdd = true,
    empty,
  } = props;
  const { pathname, search } = useLocation();
  const [query] = useSearchParams();
  const { revalidate } = useRevalidator();
  const [shared, setShared] = useState<readonly Face[]>(sharesAtFirst ? shareWith : []);
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
          {shareWith.map((face) =>
            sharesAtFirst === "always" ? (
              <input key={face} type="hidden" name="share" value={face} />
            ) : (
              <label key={face} className="flex min-h-(--target) items-center gap-2">
                <input
                  type="checkbox"
                  name="share"
                  value={face}
                  defaultChecked={sharesAtFirst}
                  onChange={({ target }) => setShared(target.checked ? [...shared, face] : shared.filter((one) => one !== face))}
                />{" "}
                Show in {faceWords[face]} too
              </label>
            ),
          )}
          {shareHint && shareWith.length > 0 && <p className="text-small text-ink-soft">{shareHint}</p>}
          <FileDrop accept={ACCEPT} hint={`Photos, PDF and MP4 video, up to ${sizeInWords(MAX_BYTES)} each.`} onFiles={uploads.add} />
        </Form>
      )}
      <UploadList going={uploads.going} newest={uploads.newest} sizeInWords={sizeInWords} onRetry={uploads.retry} onCancel={uploads.cancel} />
      {broken.length > 0 && (
        <ul aria-label="Unfinished files" className="divide-y divide-line border-y border-line">
          {broken.map(({ id, name, bytes, parts }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
              <span className="min-w-0">
                <span className="font-semibold">{name}</span> broke off: {sizeInWords(Math.min(bytes, parts * PART_BYTES))} of {sizeInWords(bytes)} are here.{" "}
                <span className="text-ink-soft">Choose the same file again to go on.</span>
              </span>
              <button
                type="button"
                onClick={() => uploads.cancel(id)}
                className="min-h-(--target) rounded-corner px-2 text-accent underline underline-offset-2 hover:bg-hover"
                aria-label={`Forget ${name}`}
              >
                Forget it
              </button>
            </li>
          ))}
        </ul>
      )}
      {items.length === 0 ? (
        <p className="text-ink-soft">
          {empty ?? "No files yet. Photos of the damage, signed papers and reports belong here; only the shop sees them unless they are shared."}
        </p>
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets.
        <ul role="list" aria-label="Files" className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-4 gap-y-5">
          {items.map((item) => (
            <li key={item.id} className="grid min-w-0 content-start gap-1">
              {item.hidden ? (
                <HiddenTile item={item} moment={moment} opens={opensHidden} />
              ) : (
                <FileTile item={item} moment={moment} as={as} hideAt={as === "staff" ? addressWith(pathname, search, { hide: item.id }) : null} />
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

/** Hiding asks why: the reason stays with the file. */
export function HideForm({ id, back, error, reason }: { id: string; back: string; error?: string; reason?: string }) {
  return (
    <Form method="post" action={paths.staff.hideFile(id)} preventScrollReset className="grid gap-4" noValidate>
      <input type="hidden" name="back" value={back} />
      <p className="text-ink-soft">
        It leaves this page and every portal, and is kept. Everybody in the shop sees that it was hidden, by whom and why; owners and managers may still open
        it.
      </p>
      <Field
        label="Why should it be hidden?"
        name="reason"
        defaultValue={reason}
        error={error}
        required
        autoComplete="off"
        hint="Such as: wrong truck, or not for the customer"
      />
      <div>
        <SubmitButton pendingWord="Hiding">Hide file</SubmitButton>
      </div>
    </Form>
  );
}

const FRAME = "relative grid aspect-4/3 place-items-center overflow-hidden rounded-corner border border-line bg-hover text-ink-soft";

type TileProps = { item: Attachment; moment: MomentOptions; as?: "staff" | "customer" | "vendor"; hideAt: string | null };

/** One file: what it is, who added it when, and the way to open it. */
export function FileTile({ item, moment, as = "staff", hideAt }: TileProps) {
  const { id, name, mediaType, bytes, hasThumbnail, addedAt, addedBy, audiences } = item;
  const picture = hasThumbnail || isOwnThumbnail(item);
  const about = `${typeWords[mediaType]} · ${sizeInWords(bytes)}`;
  return (
    <>
      {mediaType === "video/mp4" ? (
        // biome-ignore lint/a11y/useMediaCaption: what people film in a shop has no captions.
        <video controls preload="none" src={places[as].file(id)} aria-label={name} className={`${FRAME} w-full bg-ink`} />
      ) : (
        // Not a page of the app: the browser itself goes there.
        <a href={places[as].file(id)} aria-label={`Open ${name}`} className={`${FRAME} hover:border-control`}>
          {picture ? <img src={places[as].thumbnail(id)} alt="" loading="lazy" className="size-full object-cover" /> : <TypeTile of={mediaType} />}
        </a>
      )}
      <span className="truncate font-semibold" title={name}>
        {name}
      </span>
      <Told>
        {about}
        <br />
        {addedBy} · <Moment at={addedAt} {...moment} />
        {as === "staff" && audiences.length > 0 && (
          <span className="flex items-center gap-1">
            <Icon of={Share2} /> Also in {audiences.map((face) => faceWords[face]).join(" and ")}
          </span>
        )}
      </Told>
      {hideAt && (
        <Link
          to={hideAt}
          preventScrollReset
          aria-label={`Hide ${name}`}
          className="-mx-1 inline-flex min-h-(--target) items-center gap-1.5 justify-self-start rounded-corner px-1 text-small text-accent hover:bg-hover"
        >
          <Icon of={EyeOff} /> Hide
        </Link>
      )}
    </>
  );
}

function HiddenTile({ item: { id, name, hidden }, moment, opens }: { item: Attachment; moment: MomentOptions; opens: boolean }) {
  if (!hidden) return null;
  return (
    <>
      <span className={`${FRAME} border-dashed`}>
        <span className="flex items-center gap-1.5">
          <Icon of={EyeOff} /> Hidden
        </span>
      </span>
      <span className="truncate text-ink-soft" title={name}>
        {name}
      </span>
      <Told>
        {hidden.by} · <Moment at={hidden.at} {...moment} />
        <br />
        {hidden.reason}
      </Told>
      {opens && (
        <a
          href={paths.staff.file(id)}
          aria-label={`Open hidden ${name}`}
          className="inline-flex min-h-(--target) items-center text-small text-accent underline underline-offset-2"
        >
          Open
        </a>
      )}
    </>
  );
}

const Told = ({ children }: { children: ReactNode }) => <span className="text-small break-words text-ink-soft">{children}</span>;

function TypeTile({ of }: { of: MediaType }) {
  const glyph: LucideIcon = of === "application/pdf" ? FileText : of === "video/mp4" ? Film : Image;
  return (
    <span className="flex items-center gap-1.5 font-semibold">
      <Icon of={glyph} /> {typeWords[of]}
    </span>
  );
}

/** This page's address with some of its query set, or taken out. */
function addressWith(pathname: string, search: string, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `${pathname}?${text}` : pathname;
}
