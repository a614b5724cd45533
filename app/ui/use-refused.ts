import { useFormResult } from "./use-form-result";

type Texts = Readonly<Record<string, string>>;
type Answer = { problem: { fields?: Texts; values?: Texts } | null };
export type Refused = (...commands: string[]) => { typed: Texts; fields: Texts } | undefined;

/** For a page with several forms: the typed values and errors of the form with this command, if it was refused. */
export function useRefused(): Refused {
  const refusal = useFormResult<() => Promise<Answer>>()?.problem;
  return (...commands) =>
    refusal?.values && commands.includes(refusal.values.intent ?? "") ? { typed: refusal.values, fields: refusal.fields ?? {} } : undefined;
}
