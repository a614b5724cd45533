import { type TextareaHTMLAttributes, useState } from "react";
import { CONTROL, controlProps, FieldFrame, type FrameProps } from "./field-frame";
import { useControl } from "./form-state";
import { useHydrated } from "./use-hydrated";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id" | "name"> & FrameProps;

/** A multi-line field that grows with its text where the browser supports it. */
export function TextArea({ label, name, id, hint, error, className, defaultValue, ...area }: Props) {
  const state = useControl(name, { defaultValue, error, disabled: area.disabled });
  const frame = { label, name, id, hint, error: state.error };
  const control = controlProps(frame);
  const typed = useInputReplay(control.id);
  return (
    <FieldFrame {...frame}>
      <textarea
        rows={2}
        {...area}
        {...control}
        defaultValue={typed ?? state.defaultValue}
        disabled={state.disabled}
        className={`${CONTROL} field-sizing-content resize-y py-1.5 ${className ?? ""}`}
      />
    </FieldFrame>
  );
}

/** Text typed before the page's code ran, which React would otherwise reset to the served value. */
function useInputReplay(id: string): string | undefined {
  const hydrated = useHydrated();
  return useState(() => {
    if (!hydrated || typeof document === "undefined") return undefined;
    const area = document.getElementById(id);
    return area instanceof HTMLTextAreaElement && area.value !== area.defaultValue ? area.value : undefined;
  })[0];
}
