import type { ReactNode } from "react";

export type FieldErrors = string | readonly string[] | null | undefined;

export type FrameProps = {
  label: ReactNode;
  name: string;
  /** The name, unless several forms of a page share it: then each of them has an id of its own. */
  id?: string;
  hint?: ReactNode;
  error?: FieldErrors;
};

export const firstError = (error: FieldErrors): string | undefined => (typeof error === "string" ? error : error?.[0]) || undefined;

/** The attributes that connect a control with its label, hint and error. */
export function controlProps({ name, id = name, hint, error }: Omit<FrameProps, "label">) {
  const wrong = firstError(error) !== undefined;
  const described = [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ");
  return { id, name, "aria-invalid": wrong || undefined, "aria-describedby": described || undefined };
}

export const CONTROL =
  "w-full min-h-(--target) rounded-corner border border-control bg-panel px-2.5 text-body text-ink placeholder:text-ink-soft aria-invalid:border-state-red aria-invalid:outline-1 aria-invalid:outline-state-red focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent disabled:bg-hover disabled:text-ink-soft";

/** A file field whose button looks like other buttons. */
export const FILE_CONTROL =
  "max-w-full cursor-pointer rounded-corner text-ink-soft file:mr-3 file:min-h-(--target) file:cursor-pointer file:rounded-corner file:border file:border-solid file:border-control file:bg-panel file:px-[0.85em] file:font-semibold file:text-ink file:[word-spacing:0.15em] hover:file:bg-hover";

/** Label above, hint below it, the control, its error. */
export function FieldFrame({ label, name, id = name, hint, error, children }: FrameProps & { children: ReactNode }) {
  const wrong = firstError(error);
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-semibold">
        {wrong && <ErrorTarget name={name} id={id} />}
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="-mt-0.5 text-small text-ink-soft">
          {hint}
        </p>
      )}
      {children}
      {wrong && <FieldError id={`${id}-error`}>{wrong}</FieldError>}
    </div>
  );
}

/** Where the error summary's link leads to when the field's id is not its name: only one form of a page has errors. */
export const ErrorTarget = ({ name, id }: { name: string; id: string }) => (id === name ? null : <span id={name} />);

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="text-small font-semibold text-state-red">
      {children}
    </p>
  );
}
