import type { ReactNode } from "react";
import { Form, type FormProps, useLoaderData } from "react-router";
import { FormState, type Saved } from "./form-state";
import { useFormResult } from "./use-form-result";

type Texts = Readonly<Record<string, string>>;

/** A page's action as its forms know it; `typeof action` of the route. */
type PageAction = { commands: Readonly<Record<string, unknown>> };
type CommandName<Action extends PageAction> = Extract<keyof Action["commands"], string>;

type Props<Action extends PageAction> = Omit<FormProps, "children"> & {
  /** The command that the form sends. */
  intent: CommandName<Action>;
  /** Hidden fields that tell this form from others of the same command, such as one per row of a list. */
  row?: Texts;
  /** What the record has, by field: where the form's fields begin. */
  saved?: Saved;
  /** The form is off, with the reason at its button; by default as the page's data has it of this person. */
  blocked?: string | null;
  children: ReactNode;
};

/**
 * A form of one command of the page's action: `<CommandForm<typeof action> intent="archive">`. After a refusal its fields
 * show again what was typed, each with its error; where this person may not, its button gives the reason.
 */
export function CommandForm<Action extends PageAction = never>({ intent, row, saved = {}, blocked, children, ...form }: Props<Action>) {
  const can = useCan<Action>();
  const refusal = useRefusedForm<Action>()(intent, row);
  return (
    <Form method="post" noValidate {...form}>
      {Object.entries(identityOf(intent, row)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormState.Provider
        value={{ saved, typed: refusal?.typed ?? null, fields: refusal?.fields ?? {}, blocked: blocked === undefined ? can(intent) : blocked }}
      >
        {children}
      </FormState.Provider>
    </Form>
  );
}

/** What tells a form from every other of its page; one without a row is none of those that have one. */
const identityOf = (intent: string, row: Texts | undefined): Texts => ({ intent, ...(row ? { ...row, row: Object.keys(row).join(" ") } : {}) });

/** Why this person may not use a command of the page, or null where they may. */
export function useCan<Action extends PageAction = never>(): (intent: CommandName<Action>) => string | null {
  const page = useLoaderData<{ can?: Readonly<Record<string, string | null>> } | null | undefined>();
  return (intent) => page?.can?.[intent] ?? null;
}

type Refusal = { problem: { fields?: Texts; values?: Texts } | null };

/** What was typed and what was wrong, if the form of this command was refused; a page keeps such a form open. */
export function useRefusedForm<Action extends PageAction = never>(): (intent: CommandName<Action>, row?: Texts) => { typed: Texts; fields: Texts } | null {
  const refusal = useFormResult<() => Promise<Refusal>>()?.problem;
  return (intent, row) => {
    const typed = refusal?.values;
    const identity = identityOf(intent, row);
    const isOwn = typed?.row === identity.row && Object.entries(identity).every(([name, value]) => typed?.[name] === value);
    return typed && isOwn ? { typed, fields: refusal.fields ?? {} } : null;
  };
}
