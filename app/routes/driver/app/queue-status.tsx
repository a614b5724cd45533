import { StateGlyph } from "~/ui/state-mark";
import { usePhone } from "./phone-context";
import { useQueue } from "./use-queue";

/** Whole megabytes, of what has begun. */
const inMb = (bytes: number): number => Math.ceil(bytes / 1_048_576);

/** How many reports are not sent yet; always in sight. */
export function QueueStatus() {
  const { texts } = usePhone();
  const { reports, sending, offline, video } = useQueue();
  if (reports === null) return null;
  const left = reports.length;
  const tone = left === 0 ? "green" : reports.some(({ refusal, needsSignIn }) => refusal !== null || needsSignIn) ? "red" : "amber";
  return (
    <p role="status" data-tone={tone} className="flex flex-wrap items-center gap-x-2 text-[1.0625rem] font-semibold text-tone-ink">
      <StateGlyph tone={tone} />
      <span>{left === 0 ? texts.allSent : texts.unsent(left)}</span>
      {left > 0 && (sending || offline) && (
        <span className="font-normal">{sending ? (video ? texts.sendingVideo(inMb(video.sent), inMb(video.of)) : texts.sending) : texts.noSignal}</span>
      )}
    </p>
  );
}
