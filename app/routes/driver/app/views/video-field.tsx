import { type ChangeEvent, useRef, useState } from "react";
import type { Id } from "~/kernel/ids";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import type { DraftVideo } from "../draft";
import { dropPhoto } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";

type Props = {
  submissionId: Id<"submission">;
  video: DraftVideo | undefined;
  isBusy: boolean;
  onBusy(isBusy: boolean): void;
  onChange(video: DraftVideo | undefined): Promise<void>;
};

const inMb = (bytes: number): number => Math.ceil(bytes / 1_048_576);

/** One video of a defect, kept on the phone as it is. */
export function VideoField({ submissionId, video, isBusy, onBusy, onChange }: Props) {
  const { texts } = usePhone();
  const camera = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (!file) return;
    setProblem(null);
    onBusy(true);
    try {
      const { takeVideo } = await import("../phone/take-video.client");
      const taken = await takeVideo(file, submissionId);
      if (taken === "too-large") setProblem(texts.videoTooLarge(inMb(file.size)));
      else if (taken === "not-mp4") setProblem(texts.videoNotMp4);
      else await onChange(taken);
    } catch {
      setProblem(texts.notKept);
    } finally {
      onBusy(false);
    }
  };
  const remove = async ({ id }: DraftVideo) => {
    await onChange(undefined);
    await dropPhoto(id);
  };
  return (
    <section className="grid gap-2" aria-label={texts.video}>
      {problem !== null && <Notice tone="amber" title={problem} />}
      {video ? (
        <div className="flex items-center justify-between gap-3 border-y border-line">
          <span className="font-semibold">{texts.videoOf(inMb(video.bytes))}</span>
          <button type="button" className="min-h-(--target) underline" onClick={() => remove(video)}>
            {texts.remove}
          </button>
        </div>
      ) : (
        <>
          <input
            ref={camera}
            type="file"
            accept="video/mp4,video/*"
            capture="environment"
            className="sr-only"
            tabIndex={-1}
            aria-hidden="true"
            onChange={add}
          />
          <Button wide disabled={isBusy} onClick={() => camera.current?.click()}>
            {isBusy ? texts.readingVideo : texts.addVideo}
          </Button>
        </>
      )}
    </section>
  );
}
