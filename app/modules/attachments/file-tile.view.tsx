import { EyeOff, FileText, Film, Image, Lock, type LucideIcon, Share2 } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Portal } from "~/kernel/audience";
import { paths } from "~/kernel/paths";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Icon } from "~/ui/icon";
import { type Attachment, formatSize, isOwnThumbnail, type MediaType, typeLabels } from "./attachment";

/** Paths to add and open files, by portal. */
export const places = { staff: paths.staff, customer: paths.customer, vendor: paths.vendor } as const;

export const portalLabels: Record<Portal, string> = {
  staff: "the shop",
  customer: "the customer portal",
  vendor: "the vendor portal",
  driver: "the driver portal",
};

const FRAME = "relative grid aspect-4/3 place-items-center overflow-hidden rounded-corner border border-line bg-hover text-ink-soft";

type TileProps = {
  item: Attachment;
  as?: "staff" | "customer" | "vendor";
  hideAt: string | null;
  /** The portals that staff can show it in, and the page to come back to. */
  sharing?: { portals: readonly Portal[]; back: string };
};

/** A file with its type, author and time, and a link to open it. */
export function FileTile({ item, as = "staff", hideAt, sharing }: TileProps) {
  const { id, name, mediaType, bytes, hasThumbnail, addedAt, addedBy, audiences } = item;
  const picture = hasThumbnail || isOwnThumbnail(item);
  const about = `${typeLabels[mediaType]} · ${formatSize(bytes)}`;
  return (
    <>
      {mediaType === "video/mp4" ? (
        // biome-ignore lint/a11y/useMediaCaption: videos filmed in a shop have no captions.
        <video controls preload="none" src={places[as].file(id)} aria-label={name} className={`${FRAME} w-full bg-ink`} />
      ) : (
        // A file, not a page of the app, so a plain link instead of a client-side one.
        <a href={places[as].file(id)} aria-label={`Open ${name}`} className={`${FRAME} hover:border-control`}>
          {picture ? <img src={places[as].thumbnail(id)} alt="" loading="lazy" className="size-full object-cover" /> : <TypeTile of={mediaType} />}
        </a>
      )}
      <span className="truncate font-semibold" title={name}>
        {name}
      </span>
      <Caption>
        {about}
        <br />
        {addedBy} · <Moment at={addedAt} />
        {as === "staff" && audiences.length > 0 && (
          <span className="flex items-center gap-1">
            <Icon of={Share2} /> Also in {audiences.map((portal) => portalLabels[portal]).join(" and ")}
          </span>
        )}
      </Caption>
      {sharing && item.isStaffs && sharing.portals.map((portal) => <ShareButton key={portal} item={item} portal={portal} back={sharing.back} />)}
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

/** The action of the page that hides and shares a file, as far as this form knows it. */
type ShareAction = { commands: { share: unknown; unshare: unknown } };

function ShareButton({ item: { id, name, audiences }, portal, back }: { item: Attachment; portal: Portal; back: string }) {
  const isShared = audiences.includes(portal);
  return (
    <CommandForm<ShareAction> intent={isShared ? "unshare" : "share"} action={paths.staff.hideFile(id)} preventScrollReset>
      <input type="hidden" name="portal" value={portal} />
      <input type="hidden" name="back" value={back} />
      <button type="submit" className="-mx-1 inline-flex min-h-(--target) items-center gap-1.5 rounded-corner px-1 text-small text-accent hover:bg-hover">
        <Icon of={isShared ? Lock : Share2} /> {isShared ? "Stop sharing" : `Share with ${portal}`}
        <span className="sr-only">: {name}</span>
      </button>
    </CommandForm>
  );
}

/** A hidden file with who hid it, when and why. */
export function HiddenTile({ item: { id, name, hidden }, opens }: { item: Attachment; opens: boolean }) {
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
      <Caption>
        {hidden.by} · <Moment at={hidden.at} />
        <br />
        {hidden.reason}
      </Caption>
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

const Caption = ({ children }: { children: ReactNode }) => <span className="text-small break-words text-ink-soft">{children}</span>;

function TypeTile({ of }: { of: MediaType }) {
  const glyph: LucideIcon = of === "video/mp4" ? Film : of.startsWith("image/") ? Image : FileText;
  return (
    <span className="flex items-center gap-1.5 font-semibold">
      <Icon of={glyph} /> {typeLabels[of]}
    </span>
  );
}
