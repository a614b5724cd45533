import { Button } from "../button";
import type { Going } from "./use-uploads";

type Props = { going: readonly Going[]; newest: string; formatSize(bytes: number): string; onRetry(id: string): void; onCancel(id: string): void };

/** Uploads in progress, each with its status as text. */
export function UploadList({ going, newest, formatSize, onRetry, onCancel }: Props) {
  const visible = going.filter(({ state }) => state !== "done");
  return (
    <>
      <p role="status" className="sr-only">
        {newest}
      </p>
      {visible.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets.
        <ul role="list" aria-label="Uploads" className="divide-y divide-line border-y border-line">
          {visible.map((one) => (
            <li key={one.id} className="grid gap-1 py-2">
              <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                <span className="min-w-0 flex-1 basis-40 truncate font-semibold">{one.name}</span>
                <span className="flex gap-2">
                  {one.state === "failed" && one.again && (
                    <Button onClick={() => onRetry(one.id)} aria-label={`Try ${one.name} again`}>
                      Try again
                    </Button>
                  )}
                  <Button onClick={() => onCancel(one.id)} aria-label={`${one.state === "failed" ? "Remove" : "Cancel"} ${one.name}`}>
                    {one.state === "failed" ? "Remove" : "Cancel"}
                  </Button>
                </span>
              </div>
              {one.state !== "failed" && (
                <progress
                  max={one.bytes}
                  value={one.sent}
                  aria-label={`${one.name} sent`}
                  className="h-1.5 w-full appearance-none overflow-hidden rounded-plate bg-hover [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent"
                />
              )}
              <span className={`text-small ${one.state === "failed" ? "font-semibold text-state-red" : "text-ink-soft"}`}>
                {formatProgress(one, formatSize)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function formatProgress({ state, sent, bytes, message }: Going, size: (bytes: number) => string): string {
  switch (state) {
    case "queued":
      return "Queued";
    case "waiting":
      return `No connection. ${size(sent)} of ${size(bytes)} sent. It resumes automatically.`;
    case "checking":
      return "Sent, being checked";
    case "failed":
      return message ?? "The file couldn't be sent.";
    default:
      return `${Math.floor((100 * sent) / Math.max(1, bytes))} % · ${size(sent)} of ${size(bytes)}`;
  }
}
