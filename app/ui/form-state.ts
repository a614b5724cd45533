import { createContext, useContext } from "react";

type Texts = Readonly<Record<string, string>>;
/** A record's values as its form shows them; null and false are empty. */
export type Saved = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the controls inside a form start with and show. */
export type FormStateValue = {
  /** What the record has, by field. */
  saved: Saved;
  /** What was typed before the form was refused. */
  typed: Texts | null;
  /** Errors by field. */
  fields: Texts;
  /** Why nobody can use it now. */
  blocked: string | null;
};

export const FormState = createContext<FormStateValue>({ saved: {}, typed: null, fields: {}, blocked: null });

type Own = { error?: string | readonly string[] | null; disabled?: boolean };
const shown = ({ fields, blocked }: FormStateValue, name: string, { error, disabled }: Own) => ({
  error: error ?? fields[name],
  disabled: disabled || blocked !== null,
});

/** A control's part of the form around it: what was typed comes first, then what the control is given itself. */
export function useControl<Value>(name: string, { defaultValue, ...own }: Own & { defaultValue?: Value }) {
  const form = useContext(FormState);
  const kept = form.saved[name];
  const value = form.typed?.[name] ?? defaultValue ?? (kept === undefined ? undefined : String(kept ?? ""));
  return { defaultValue: value, ...shown(form, name, own) };
}

/** The same for a switch: a form that was sent with it off has no such field. */
export function useSwitch(name: string, { defaultChecked, ...own }: Own & { defaultChecked?: boolean }) {
  const form = useContext(FormState);
  return { defaultChecked: form.typed ? name in form.typed : (defaultChecked ?? Boolean(form.saved[name])), ...shown(form, name, own) };
}
