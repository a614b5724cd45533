import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { CONTROL, controlProps, ErrorTarget, FieldError, FieldFrame, type FrameProps, firstError } from "./field-frame";
import { useControl, useSwitch } from "./form-state";

type Control<Attributes> = Omit<Attributes, "id" | "name"> & FrameProps;

type FieldProps = Control<InputHTMLAttributes<HTMLInputElement>> & {
  /** Shown next to the input: "mi", "USD", "h". */
  unit?: string;
  /** Right-aligned digits, for money and meters. */
  figures?: boolean;
};

export function Field({ label, name, id, hint, error, unit, figures, className, ...input }: FieldProps) {
  const { error: shown, ...state } = useControl(name, { defaultValue: input.defaultValue, disabled: input.disabled, error });
  const frame = { label, name, id, hint, error: shown };
  const control = controlProps(frame);
  const unitId = unit ? `${control.id}-unit` : undefined;
  const describedBy = [control["aria-describedby"], unitId].filter(Boolean).join(" ") || undefined;
  return (
    <FieldFrame {...frame}>
      <span className="flex items-center gap-2">
        <input
          type="text"
          inputMode={figures ? "decimal" : undefined}
          {...input}
          {...control}
          {...(input.value === undefined ? state : { disabled: state.disabled })}
          aria-describedby={describedBy}
          className={`${CONTROL} ${figures ? "text-right tabular-nums" : ""} ${className ?? ""}`}
        />
        {unit && (
          <span id={unitId} className="shrink-0 text-ink-soft">
            {unit}
          </span>
        )}
      </span>
    </FieldFrame>
  );
}

type SelectProps = Control<SelectHTMLAttributes<HTMLSelectElement>> & { children: ReactNode };

export function Select({ label, name, id, hint, error, className, children, ...select }: SelectProps) {
  const { error: shown, ...state } = useControl(name, { defaultValue: select.defaultValue, disabled: select.disabled, error });
  const frame = { label, name, id, hint, error: shown };
  return (
    <FieldFrame {...frame}>
      <select
        {...select}
        {...controlProps(frame)}
        {...(select.value === undefined ? state : { disabled: state.disabled })}
        className={`${CONTROL} ${className ?? ""}`}
      >
        {children}
      </select>
    </FieldFrame>
  );
}

type SwitchProps = Omit<Control<InputHTMLAttributes<HTMLInputElement>>, "type" | "role">;

/** A checkbox underneath: it submits `on` or nothing, with or without JavaScript. */
export function Switch({ label, name, id, hint, error, className, defaultChecked, ...input }: SwitchProps) {
  const { error: shown, ...state } = useSwitch(name, { defaultChecked, disabled: input.disabled, error });
  const control = controlProps({ name, id, hint, error: shown });
  const wrong = firstError(shown);
  return (
    <div className={`grid gap-1 ${className ?? ""}`}>
      <label htmlFor={control.id} className="flex min-h-(--target) cursor-pointer items-center gap-2.5 font-semibold">
        <span className="relative inline-flex h-[1.375em] w-[2.5em] shrink-0">
          <input
            {...input}
            {...control}
            {...state}
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox exposes its own state.
            role="switch"
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-full border-[1.5px] border-control bg-ground checked:border-accent checked:bg-accent"
          />
          <span className="pointer-events-none absolute inset-y-[0.25em] left-[0.28em] aspect-square rounded-full bg-control transition-transform duration-100 peer-checked:translate-x-[1.07em] peer-checked:bg-accent-ink" />
        </span>
        {wrong && <ErrorTarget name={name} id={control.id} />}
        {label}
      </label>
      {hint && (
        <p id={`${control.id}-hint`} className="-mt-1 pl-[3.2em] text-small text-ink-soft">
          {hint}
        </p>
      )}
      {wrong && <FieldError id={`${control.id}-error`}>{wrong}</FieldError>}
    </div>
  );
}
