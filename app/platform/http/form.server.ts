import type * as z from "zod";
import { plainText } from "~/kernel/plain-text";
import { bytesUpTo } from "./body.server";
import type { Problem } from "./problem.server";

/** A form's fields are short; anything longer is not from a form of ours. */
const MAX_BYTES = 256 * 1024;

export type Read<Form> = { ok: true; form: Form } | { ok: false; status: 413 | 422; problem: Problem };

/** Reads and checks a posted form: texts without signs that nobody sees. What was typed comes back with the refusal; passwords do not. */
export async function readForm<S extends z.ZodType>(request: Request, schema: S): Promise<Read<z.output<S>>> {
  const bytes = await bytesUpTo(request, MAX_BYTES);
  if (!bytes) return { ok: false, status: 413, problem: { message: "That is more than this form can take." } };
  const values: Record<string, string> = {};
  try {
    const form = new Response(bytes, { headers: { "Content-Type": request.headers.get("Content-Type") ?? "" } });
    for (const [name, value] of await form.formData()) if (typeof value === "string") values[name] = isPassword(name) ? value : plainText(value);
  } catch {
    return { ok: false, status: 422, problem: { message: "That form could not be read. Reload the page and try again." } };
  }
  // For what no form of ours sends; each field has its own message for what a person can get wrong.
  const checked = schema.safeParse(values, { error: () => "This was not understood. Reload the page and try again." });
  if (checked.success) return { ok: true, form: checked.data };
  const fields: Record<string, string> = {};
  for (const issue of checked.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  return { ok: false, status: 422, problem: { message: "Fix the highlighted fields.", fields, values: withoutSecrets(values) } };
}

/** A password is what was typed, sign by sign. */
const isPassword = (name: string): boolean => /password/i.test(name);
const withoutSecrets = (values: Record<string, string>) => Object.fromEntries(Object.entries(values).filter(([name]) => !/password|pin|code/i.test(name)));

/** A form that was read, as texts again: what a refusal sends back to be shown in its fields. */
export const asTyped = (form: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value ?? "")]));
