import type { TextareaHTMLAttributes } from "react";
import { CONTROL, controlProps, FieldFrame, type FrameProps } from "./field-frame";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id" | "name"> & FrameProps;

/** Several lines of words; it grows with what is typed where the browser can. */
export function TextArea({ label, name, id, hint, error, className, ...area }: Props) {
  const frame = { label, name, id, hint, error };
  return (
    <FieldFrame {...frame}>
      <textarea rows={2} {...area} {...controlProps(frame)} className={`${CONTROL} field-sizing-content resize-y py-1.5 ${className ?? ""}`} />
    </FieldFrame>
  );
}
