import { createContext, useContext } from "react";

type Texts = Readonly<Record<string, string>>;

/** What the controls inside a form start with and show. */
export type FormStateValue = {
  /** What was typed before the form was refused. */
  typed: Texts | null;
  /** Errors by field. */
  fields: Texts;
  /** Why nobody can use it now. */
  blocked: string | null;
};

export const FormState = createContext<FormStateValue>({ typed: null, fields: {}, blocked: null });

/** A control's part of the form around it; what the control is given itself comes first. */
export function useControl<Value>(name: string, own: { defaultValue?: Value; error?: string | readonly string[] | null; disabled?: boolean }) {
  const { typed, fields, blocked } = useContext(FormState);
  return { defaultValue: typed?.[name] ?? own.defaultValue, error: own.error ?? fields[name], disabled: own.disabled || blocked !== null, typed };
}
