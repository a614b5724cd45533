import { ScanLine } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { hasCamera, scanCode } from "../phone/scan-code.client";
import { usePhone } from "../phone-context";

/** Reads a unit's label with the camera. Where there is none, the number is typed. */
export function ScanUnit({ onCode }: { onCode(code: string): void }) {
  const { texts } = usePhone();
  const video = useRef<HTMLVideoElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    if (!isOpen || !video.current) return;
    const ends = new AbortController();
    scanCode(video.current, ends.signal)
      .then((code) => {
        if (ends.signal.aborted) return;
        setOpen(false);
        if (code !== null) latest.current(code);
      })
      .catch(() => {
        if (ends.signal.aborted) return;
        setOpen(false);
        setRefused(true);
      });
    return () => ends.abort();
  }, [isOpen]);
  if (!hasCamera()) return null;
  return (
    <div className="grid gap-2">
      {isOpen && (
        <video ref={video} muted playsInline aria-label={texts.scanning} className="aspect-square w-full rounded-corner border border-line object-cover" />
      )}
      {isRefused && <Notice tone="amber" title={texts.cameraFailed} />}
      <Button
        wide
        icon={ScanLine}
        onClick={() => {
          setRefused(false);
          setOpen(!isOpen);
        }}
      >
        {isOpen ? texts.cancel : texts.scanLabel}
      </Button>
    </div>
  );
}
