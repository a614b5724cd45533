import { useEffect, useRef } from "react";
import { scanCode } from "../phone/scan-code.client";

type Props = { label: string; onCode(code: string): void; onFailed(): void };

/** The camera's picture, searched for the code of a unit's label. A chunk of its own, loaded by who scans. */
export function ScanUnit({ label, onCode, onFailed }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onFailed });
  latest.current = { onCode, onFailed };
  useEffect(() => {
    if (!video.current) return;
    const ends = new AbortController();
    scanCode(video.current, ends.signal)
      .then((code) => code !== null && latest.current.onCode(code))
      .catch(() => ends.signal.aborted || latest.current.onFailed());
    return () => ends.abort();
  }, []);
  return <video ref={video} muted playsInline aria-label={label} className="aspect-square w-full rounded-corner border border-line object-cover" />;
}
