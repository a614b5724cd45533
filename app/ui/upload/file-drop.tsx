import { Camera } from "lucide-react";
import { type ChangeEvent, type DragEvent, type ReactNode, useEffect, useId, useState } from "react";
import { Button } from "../button";
import { FILE_CONTROL } from "../field-frame";
import { SubmitButton } from "../form";
import { Icon } from "../icon";

type Props = {
  accept: string;
  hint: ReactNode;
  /** Takes chosen files at once; without it, or without JavaScript, the form around it sends one. */
  onFiles?(files: readonly File[]): void;
};

const DROP_CLASS =
  "min-h-(--target) items-center gap-1.5 rounded-corner border border-control bg-panel px-[0.85em] font-semibold hover:bg-hover cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent";

/** A drop zone around a plain file field, with a camera button on phones. */
export function FileDrop({ accept, hint, onFiles }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  // Several files at once and the camera button need JavaScript.
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(onFiles !== undefined), [onFiles]);
  const take = (list: FileList | null) => list && list.length > 0 && onFiles?.([...list]);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    if (!onFiles) return;
    take(event.currentTarget.files);
    // Cleared, so that the same file can be chosen again to resume it.
    event.currentTarget.value = "";
  };
  const dragged = (event: DragEvent) => {
    if (!onFiles || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(event.type === "dragover");
    if (event.type === "drop") take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an alternative; the field inside is the accessible way.
    <div
      onDragOver={dragged}
      onDragLeave={dragged}
      onDrop={dragged}
      className={`grid justify-items-start gap-1.5 rounded-corner border border-dashed px-3 py-3 ${over ? "border-accent bg-accent-soft" : "border-control"}`}
    >
      <label htmlFor={id} className="font-semibold">
        Add files
      </label>
      <p id={`${id}-hint`} className="-mt-1 text-small text-ink-soft">
        {hint} {onFiles && <span className="pointer-coarse:hidden">Choose them, or drop them here.</span>}
      </p>
      <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2">
        <input
          id={id}
          type="file"
          name="file"
          accept={accept}
          multiple={scripted}
          required
          onChange={chosen}
          aria-describedby={`${id}-hint`}
          className={FILE_CONTROL}
        />
        {scripted && (
          <label className={`${DROP_CLASS} hidden pointer-coarse:inline-flex`}>
            <Icon of={Camera} />
            Take a photo
            <input type="file" accept="image/*" capture="environment" onChange={chosen} className="sr-only" />
          </label>
        )}
        {onFiles ? (
          <noscript>
            <Button type="submit">Add file</Button>
          </noscript>
        ) : (
          <SubmitButton pendingLabel="Sending">Add file</SubmitButton>
        )}
      </div>
    </div>
  );
}
