import { err, ok, type Result } from "~/kernel/result";

/** What a shop numbers, each kind by itself, and the number that its first one gets unless the shop says otherwise. */
export const numbered = {
  "work-order": { label: "work order", first: 1_000 },
  estimate: { label: "estimate", first: 1 },
  invoice: { label: "invoice", first: 1 },
  "vendor-job": { label: "vendor job", first: 1 },
} as const;
export type Numbered = keyof typeof numbered;
export const numberedKinds = Object.keys(numbered) as Numbered[]; // the table's own keys

const MOST = 999_999_999;

/** The number that the next one of a kind gets. `last` is the last that was given; null where none was. */
export const nextOf = (kind: Numbered, last: number | null): number => (last ?? numbered[kind].first - 1) + 1;

/** Numbers only ever go up: two documents never carry one number. */
export function decideNext(kind: Numbered, typed: string, last: number | null): Result<number, { message: string }> {
  const wanted = /^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN;
  if (!(wanted >= 1 && wanted <= MOST)) return err({ message: `The next ${numbered[kind].label} gets a whole number.` });
  const least = last === null ? 1 : last + 1;
  return wanted < least ? err({ message: `${last} is given already. The next ${numbered[kind].label} is ${least} or higher.` }) : ok(wanted);
}
