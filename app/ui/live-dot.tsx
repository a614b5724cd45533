import type { ReactElement } from "react";
import { formatAge } from "~/kernel/time";

export type LiveStatus = "live" | "reconnecting" | "offline" | "too-many";

type Props = { status: LiveStatus; lastMessageAt: number | null; now: number };

const CROSS = <path d="M2 2 10 10M10 2 2 10" data-tone="slate" className="fill-none stroke-tone" strokeWidth="2" />;
const SHAPES: Record<LiveStatus, ReactElement> = {
  live: <circle cx="6" cy="6" r="5" data-tone="green" className="fill-tone-lamp" />,
  reconnecting: <circle cx="6" cy="6" r="4" data-tone="amber" className="fill-none stroke-tone" strokeWidth="2" strokeDasharray="16 9.2" />,
  offline: CROSS,
  "too-many": CROSS,
};

/** Shows how fresh the page's data is. Screen readers can read the age, but it isn't announced every minute. */
export function LiveDot({ status, lastMessageAt, now }: Props) {
  const isNew = status === "reconnecting" && lastMessageAt === null;
  return (
    <span role="status" className={`inline-flex items-center gap-1.5 text-small text-ink-soft ${status === "too-many" ? "" : "whitespace-nowrap"}`}>
      <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 shrink-0">
        {SHAPES[status]}
      </svg>
      {/* Reserves the width of "live", so a page that was just opened shows no text and nothing moves when it connects. */}
      <span className="min-w-[1.6em]">{isNew ? <span className="sr-only">connecting</span> : labelOf(status, lastMessageAt, now)}</span>
    </span>
  );
}

function labelOf(status: LiveStatus, lastMessageAt: number | null, now: number) {
  if (status === "too-many") return "Too many windows of this site are open. Close some, then come back to this one.";
  return status === "offline" ? <LastUpdate at={lastMessageAt} now={now} /> : status;
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
