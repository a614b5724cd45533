import { Section } from "~/ui/page";
import type { PartKey } from "./checklists/checklist";
import { partLabel } from "./checklists/labels";

/** Defects by part over the last 90 days, as a list of bars. Each number is also text. */
export function PartTrend({ rows }: { rows: readonly { part: PartKey; count: number }[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <Section title="Defects by part, 90 days">
      {rows.length === 0 ? (
        <p className="text-ink-soft">No defects in the last 90 days.</p>
      ) : (
        <ul className="grid gap-2">
          {rows.map(({ part, count }) => (
            <li key={part} className="grid gap-0.5">
              <span className="flex justify-between gap-3">
                <span>{partLabel(part)}</span>
                <span className="tabular-nums">{count}</span>
              </span>
              <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none" className="h-1.5 w-full rounded-corner bg-hover">
                <rect width={(100 * count) / most} height="4" className="fill-accent" />
              </svg>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
