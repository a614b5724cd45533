import type { ReactNode } from "react";

type Props = { title: string; body: ReactNode; action?: ReactNode };

/** An empty list: what will come here, and the first step towards it. */
export function Empty({ title, body, action }: Props) {
  return (
    <div className="grid justify-items-start gap-2 border-y border-dashed border-control px-3 py-6">
      <h3 className="text-lead">{title}</h3>
      <div className="max-w-prose text-ink-soft">{body}</div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}

const WIDTHS = ["w-2/5", "w-3/5", "w-1/3", "w-1/2"];

/** The shape of a list to come. It stays out of sight for 150 ms, so that a quick answer never flickers. */
export function Skeleton({ rows = 6, label = "Loading" }: { rows?: number; label?: string }) {
  const shapes = Array.from({ length: rows }, (_, row) => ({ key: `row-${row}`, width: WIDTHS[row % WIDTHS.length] }));
  return (
    <div role="status" className="after-a-moment border-y border-line bg-panel">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true" className="divide-y divide-line">
        {shapes.map(({ key, width }) => (
          <div key={key} className="flex h-(--row) items-center gap-3 px-3">
            <span className="h-[1.4em] w-14 rounded-plate border-[1.5px] border-line" />
            <span className={`h-[0.7em] rounded-plate bg-line ${width}`} />
          </div>
        ))}
      </div>
    </div>
  );
}
