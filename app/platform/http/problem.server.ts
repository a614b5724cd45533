import { data } from "react-router";

/** What a form shows when it was refused: words to act on, and which fields they are about. */
export type Problem = { message: string; fields?: Readonly<Record<string, string>>; values?: Readonly<Record<string, string>> };

export const problem = (status: number, it: Problem, headers?: HeadersInit) => data({ problem: it, done: null }, { status, headers });

export const FIX_FIELDS = "Fix the highlighted fields.";
export const ID_TAKEN = "This form was already used for something else. Reload the page and try again.";

/** Another organization's record and a missing one get the same answer. */
export function orNotFound<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Response("Not found", { status: 404, statusText: "Not Found" });
  return value;
}

export const refuse = (status: 401 | 403 | 404 | 409, message: string): Response => new Response(message, { status });
