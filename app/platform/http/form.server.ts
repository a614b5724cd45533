import type * as z from "zod";
import { plainText } from "~/kernel/plain-text";
import { bytesUpTo } from "./body.server";
import { boundaryOf, formParts, textOf } from "./multipart.server";
import { FIX_FIELDS, type Problem } from "./problem.server";

/** A form's fields are short; anything longer is not from a form of ours. */
const MAX_BYTES = 256 * 1024;
/** What anybody may send before they are known: an address, a password, a name. */
export const PUBLIC_FORM_BYTES = 8 * 1024;
/** The longest form has 60 lines of a few fields each. */
export const MAX_FIELDS = 1_000;
/** Every field has a shorter limit of its own, with its own message. */
export const MAX_FIELD = 16_000;
/** A password is normalized too, by a form that is dearer. */
export const MAX_PASSWORD_FIELD = 1_000;

/** Fields that take several lines (`TextArea`); every other one is a line, since its text may be used in a heading or a mail's subject. */
const MULTI_LINE = new Set([
  "address",
  "cause",
  "complaint",
  "correction",
  "feedback",
  "insideNote",
  "instructions",
  "note",
  "notes",
  "paymentTerms",
  "reason",
  "recommendation",
  "remitTo",
  "text",
  "warning",
]);

/** The name of a message's field also names its line. */
export const isMultiLine = (name: string): boolean => MULTI_LINE.has(name) || /^(message|recommendation)(-|$)/.test(name);

/** What was typed, by field, to be shown again with a refusal; passwords, PINs and sign-in codes are not among it. */
export type Typed = Readonly<Record<string, string>>;
type Unread = { ok: false; status: 413 | 422; problem: Problem };
export type Texts = { ok: true; values: Record<string, string> } | Unread;
export type Read<Form> = { ok: true; form: Form; typed: Typed } | Unread;

/** Reads a posted form as texts without signs that nobody sees; what is too long, or of several lines where one is asked for, is refused at its field. */
export async function readTexts(request: Request, most: number = MAX_BYTES): Promise<Texts> {
  const bytes = await bytesUpTo(request, most);
  if (!bytes || hasMoreFields(request, bytes, MAX_FIELDS)) return { ok: false, status: 413, problem: { message: "That is more than this form can take." } };
  const values: Record<string, string> = {};
  const wrong: Record<string, string> = {};
  try {
    for await (const [name, value] of textsIn(request, bytes)) {
      // Lengths come first: what cleans a text is not made for texts of any length.
      const longest = isPassword(name) ? MAX_PASSWORD_FIELD : MAX_FIELD;
      if (value.length > longest) wrong[name] = `At most ${longest.toLocaleString("en-US")} characters fit here.`;
      else values[name] = isPassword(name) ? value : plainText(value);
      if (!isPassword(name) && !isMultiLine(name) && values[name]?.trim().includes("\n")) wrong[name] = "Keep it on one line.";
    }
  } catch {
    return { ok: false, status: 422, problem: { message: "That form could not be read. Reload the page and try again." } };
  }
  if (Object.keys(wrong).length === 0) return { ok: true, values };
  return { ok: false, status: 422, problem: { message: FIX_FIELDS, fields: wrong, values: typedIn(values) } };
}

/** Checks a form's texts by its schema. */
export function checkForm<S extends z.ZodType>(values: Record<string, string>, schema: S): Read<z.output<S>> {
  // For what no form of ours sends; each field has its own message for what a person can get wrong.
  const checked = schema.safeParse(values, { error: () => NOT_UNDERSTOOD });
  const typed = typedIn(values);
  if (checked.success) return { ok: true, form: checked.data, typed };
  const fields: Record<string, string> = {};
  for (const issue of checked.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  return { ok: false, status: 422, problem: { message: FIX_FIELDS, fields, values: typed } };
}

export const NOT_UNDERSTOOD = "This was not understood. Reload the page and try again.";

/** Reads and checks a posted form. What was typed comes back with the refusal; passwords do not. */
export async function readForm<S extends z.ZodType>(request: Request, schema: S, most: number = MAX_BYTES): Promise<Read<z.output<S>>> {
  const read = await readTexts(request, most);
  return read.ok ? checkForm(read.values, schema) : read;
}

/** Names and texts in the order in which they were sent; a file is nothing that a form of fields takes. */
async function* textsIn(request: Request, bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<[string, string]> {
  const boundary = boundaryOf(request);
  const form = new Response(bytes, { headers: { "Content-Type": request.headers.get("Content-Type") ?? "" } });
  if (boundary === null || !form.body) for (const [name, value] of await form.formData()) yield [name, String(value)];
  else for await (const part of formParts(form.body, boundary)) if (part.fileName === null) yield [part.name, (await textOf(part, bytes.length)) ?? ""];
}

/** Whether a form has more fields than that, counted by what separates them, before anything is made of them. */
function hasMoreFields(request: Request, bytes: Uint8Array<ArrayBuffer>, most: number): boolean {
  const body = Buffer.from(bytes.buffer);
  const boundary = boundaryOf(request);
  const separator = boundary === null ? "&" : `--${boundary}`;
  let fields = 0;
  for (let at = body.indexOf(separator); at >= 0 && fields <= most; at = body.indexOf(separator, at + separator.length)) fields += 1;
  return fields > most;
}

/** A password is what was typed, character by character. */
const isPassword = (name: string): boolean => /password/i.test(name);
/** What proves who somebody is. A plain `code` is a name, such as a tracker's or a driver's, and is shown again. */
const isSecret = (name: string): boolean => isPassword(name) || /digits|^pin$|Pin$|[a-z]Code$/.test(name);

/** The texts of a form that may be shown again. */
export const typedIn = (values: Record<string, string>): Typed => Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name)));

/** A form that was read, as texts again: what a refusal sends back to be shown in its fields. */
export const asTyped = (form: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value ?? "")]));
