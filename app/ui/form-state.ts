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

/** A control's part of the form around it; what the control is given itself comes first. */
export function useControl<Value>(name: string, own: { defaultValue?: Value; error?: string | readonly string[] | null; disabled?: boolean }) {
  const { saved, typed, fields, blocked } = useContext(FormState);
  const kept = saved[name];
  return {
    defaultValue: typed?.[name] ?? own.defaultValue ?? (kept === undefined ? undefined : String(kept ?? "")),
    isOn: typed ? name in typed : Boolean(kept),
    error: own.error ?? fields[name],
    disabled: own.disabled || blocked !== null,
    typed,
  };
}
