import type { ReactNode } from "react";
import { StateGlyph, type Tone } from "./state-mark";

export type NoticeItem = { tone: Tone; title: ReactNode; detail?: ReactNode };

const urgency: readonly Tone[] = ["red", "amber", "blue", "green", "slate"];

/** What is to be known about a record, in one compact list with the most urgent first. Nothing is shown where there is nothing to know. */
export function NoticeList({ items }: { items: readonly NoticeItem[] }) {
  if (items.length === 0) return null;
  const sorted = [...items].sort((a, b) => urgency.indexOf(a.tone) - urgency.indexOf(b.tone));
  return (
    <ul aria-label="Notices" className="divide-y divide-line overflow-hidden rounded-corner border border-line">
      {sorted.map(({ tone, title, detail }, at) => (
        // The list only changes with its page.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={at} data-tone={tone} className="flex gap-2.5 border-l-4 border-l-tone bg-tone-soft/45 px-3 py-1.5 text-tone-ink">
          <span className="flex h-[1.45em] items-center">
            <StateGlyph tone={tone} />
          </span>
          <div role={tone === "red" ? "alert" : undefined} className="flex min-w-0 flex-wrap gap-x-2">
            <span className="font-semibold">{title}</span>
            {detail && <span className="min-w-0">{detail}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
