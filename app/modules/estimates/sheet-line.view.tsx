import { formatDiscount, formatQuantity, lineKindLabels } from "~/modules/work-orders/jobs/job";
import { SafetyMark } from "~/modules/work-orders/lines/safety-mark.view";
import { useFormat } from "~/ui/format";
import type { SnapshotLine } from "./estimate-snapshot";

export type PhotoAt = (photoId: string) => { full: string; small: string };

type Props = { line: SnapshotLine /** What was answered about it. */; answer: string | null; photoAt: PhotoAt; children?: React.ReactNode };

/** A line of an estimate as the customer sees it, with its photos. */
export function SheetLine({ line, answer, photoAt, children }: Props) {
  const { money } = useFormat();
  return (
    <li className="grid gap-1 py-2">
      <div className="flex items-baseline justify-between gap-4">
        <span className="min-w-0">
          {line.text}
          <SafetyMark of={line} />
          <span className="block text-small text-ink-soft">
            {[
              lineKindLabels[line.kind],
              `${formatQuantity(line)} at ${money(line.each)}`,
              formatDiscount(line),
              line.approvedBefore !== undefined && `${money(line.approvedBefore)} approved before`,
            ]
              .filter(Boolean)
              .join(" · ")}
            {line.partNumber && (
              <>
                {" · "}
                <span className="font-mono">{line.partNumber}</span>
              </>
            )}
          </span>
        </span>
        <span className="grid shrink-0 justify-items-end tabular-nums">
          {money(line.price)}
          {answer && <span className="text-small font-semibold text-ink-soft">{answer}</span>}
        </span>
      </div>
      {line.photos.length > 0 && <LinePhotos photos={line.photos} photoAt={photoAt} />}
      {children}
    </li>
  );
}

function LinePhotos({ photos, photoAt }: Pick<Props, "photoAt"> & Pick<SnapshotLine, "photos">) {
  return (
    <ul aria-label="Photos" className="flex flex-wrap gap-2">
      {photos.map(({ id, name }) => {
        const { full, small } = photoAt(id);
        return (
          <li key={id}>
            {/* A file, not a page of the app, so a plain link instead of a client-side one. */}
            <a href={full} aria-label={`Open ${name}`} className="block overflow-hidden rounded-corner border border-line hover:border-control">
              <img src={small} alt={name} loading="lazy" className="h-24 w-32 object-cover" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
