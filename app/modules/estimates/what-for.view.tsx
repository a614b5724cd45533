import { type EstimateSnapshot, linesIn } from "./estimate-snapshot";
import type { PhotoAt } from "./sheet-line.view";

const MOST = 3;

/** What an estimate is for, in a few words and its first photo: what is seen before it is answered. */
export function WhatFor({ snapshot, photoAt }: { snapshot: EstimateSnapshot; photoAt: PhotoAt }) {
  const lines = linesIn(snapshot);
  const pictured = lines.find(({ photos }) => photos.length > 0);
  const photo = pictured?.photos[0];
  const rest = lines.length - MOST;
  return (
    <div className="flex items-start gap-3">
      {photo && pictured && (
        // A file, not a page of the app, so a plain link instead of a client-side one.
        <a
          href={photoAt(photo.id).full}
          aria-label={`Open the photo of ${pictured.text}`}
          className="block shrink-0 overflow-hidden rounded-corner border border-line hover:border-control"
        >
          <img src={photoAt(photo.id).small} alt={photo.name} className="h-24 w-32 object-cover" />
        </a>
      )}
      <ul aria-label="What it is for" className="min-w-0 list-inside list-disc">
        {lines.slice(0, MOST).map(({ id, text }) => (
          <li key={id} className="line-clamp-1">
            {text}
          </li>
        ))}
        {rest > 0 && <li className="list-none text-ink-soft">{rest} more below</li>}
      </ul>
    </div>
  );
}
