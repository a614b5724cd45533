import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { TextLink } from "~/ui/text-link";

type Photo = { id: Id<"attachment">; defectId: Id<"defect">; isVideo: boolean; arrived: boolean; opens: boolean };

/** The photos and the video of a defect: those that arrived and may be opened, and how many didn't come yet. */
export function DefectPhotos({ photos: files, as, of }: { photos: readonly Photo[]; as: "staff" | "customer"; of: string }) {
  const [photos, videos] = [files.filter(({ isVideo }) => !isVideo), files.filter(({ isVideo }) => isVideo)];
  const missing = photos.filter(({ arrived }) => !arrived).length;
  const shown = photos.filter(({ opens }) => opens);
  if (files.length === 0) return null;
  return (
    <div className="grid gap-1">
      {shown.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {shown.map(({ id }, at) => (
            <li key={id}>
              {/* A file, not a page of the app, so a plain link. */}
              <a href={paths[as].file(id)} className="block size-24 overflow-hidden rounded-corner border border-line bg-hover hover:border-control">
                <img src={paths[as].thumbnail(id)} alt={`${of}, ${at + 1}`} loading="lazy" className="size-full object-cover" />
              </a>
            </li>
          ))}
        </ul>
      )}
      {videos.map(({ id, opens, arrived }) =>
        opens ? (
          <TextLink key={id} to={paths[as].file(id)} reloadDocument>
            Download the video
          </TextLink>
        ) : (
          !arrived && (
            <p key={id} className="text-small text-ink-soft">
              Its video hasn't arrived yet.
            </p>
          )
        ),
      )}
      {missing > 0 && (
        <p className="text-small text-ink-soft">
          {missing === photos.length
            ? missing === 1
              ? "Its photo hasn't arrived yet."
              : `None of its ${missing} photos has arrived yet.`
            : `${photos.length - missing} of ${photos.length} photos arrived.`}
        </p>
      )}
    </div>
  );
}
