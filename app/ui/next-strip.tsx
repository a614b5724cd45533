import type { ReactNode } from "react";
import { StateGlyph } from "./state-mark";

type Props = {
  /** Amber when the shop has to act, slate when it waits for others, red when it is late. */
  tone: "amber" | "slate" | "red";
  title: ReactNode;
  /** Since when, how much, until when. */
  detail?: ReactNode;
  /** The link or button to press, if it isn't in the page's header. */
  action?: ReactNode;
};

/** What has to happen next on a record, across its page: who waits for whom, since when, and what to press. */
export const NextStrip = ({ tone, title, detail, action }: Props) => (
  <section aria-label="Next" data-tone={tone} className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-corner bg-tone-soft/45 px-3 py-2 text-tone-ink">
    <span className="flex items-center gap-2 font-semibold">
      <StateGlyph tone={tone} />
      {title}
    </span>
    {detail && <span className="min-w-0 tabular-nums">{detail}</span>}
    {action && <span className="ml-auto">{action}</span>}
  </section>
);
