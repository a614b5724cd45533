import type { ReactElement } from "react";
import { formatAge } from "~/kernel/time";

export type LiveStatus = "live" | "reconnecting" | "offline";

type Props = { status: LiveStatus; lastMessageAt: number | null; now: number };

const SHAPES: Record<LiveStatus, ReactElement> = {
  live: <circle cx="6" cy="6" r="5" data-tone="green" className="fill-tone-lamp" />,
  reconnecting: <circle cx="6" cy="6" r="4" data-tone="amber" className="fill-none stroke-tone" strokeWidth="2" strokeDasharray="16 9.2" />,
  offline: <path d="M2 2 10 10M10 2 2 10" data-tone="slate" className="fill-none stroke-tone" strokeWidth="2" />,
};

/** Shows how fresh the page's data is. Screen readers can read the age, but it isn't announced every minute. */
export function LiveDot({ status, lastMessageAt, now }: Props) {
  const isNew = status === "reconnecting" && lastMessageAt === null;
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-small whitespace-nowrap text-ink-soft">
      <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 shrink-0">
        {SHAPES[status]}
      </svg>
      {/* Reserves the width of "live", so a page that was just opened shows no text and nothing moves when it connects. */}
      <span className="min-w-[1.6em]">
        {isNew ? <span className="sr-only">connecting</span> : status === "offline" ? <LastUpdate at={lastMessageAt} now={now} /> : status}
      </span>
    </span>
  );
}

function LastUpdate({ at, now }: { at: number | null; now: number }) {
  if (at === null) return "not connected";
  const age = formatAge(Math.max(0, now - at));
  return (
    <>
      last update <span aria-live="off">{age === "now" ? "just now" : `${age} ago`}</span>
    </>
  );
}
