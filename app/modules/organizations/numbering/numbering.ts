import { err, ok, type Result } from "~/kernel/result";

/** Numbered kinds of documents, each with its default first number. */
export const numbered = {
  "work-order": { label: "work order", first: 1_000 },
  estimate: { label: "estimate", first: 1 },
  invoice: { label: "invoice", first: 1 },
  "vendor-job": { label: "vendor job", first: 1 },
} as const;
export type Numbered = keyof typeof numbered;
export const numberedKinds = Object.keys(numbered) as Numbered[]; // the keys of the table above

const MOST = 999_999_999;

/** The next number of a kind. `last` is the last assigned one; null if none was. */
export const nextOf = (kind: Numbered, last: number | null): number => (last ?? numbered[kind].first - 1) + 1;

/** Numbers only go up, so no number is used twice. */
export function decideNext(kind: Numbered, typed: string, last: number | null): Result<number, { kind: "not-a-number"; message: string }> {
  const wanted = /^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN;
  if (!(wanted >= 1 && wanted <= MOST)) return err({ kind: "not-a-number", message: `Enter a whole number for the next ${numbered[kind].label}.` });
  const least = last === null ? 1 : last + 1;
  return wanted < least
    ? err({ kind: "not-a-number", message: `${last} is already used. Enter ${least} or higher for the next ${numbered[kind].label}.` })
    : ok(wanted);
}
