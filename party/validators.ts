/**
 * What a message has to look like, said once for its type and its check. A schema library does more, and weighs as
 * much as a page's own code: this is for messages of our own rooms, which every page of the app listens to.
 */
export type Validator<T> = (value: unknown) => value is T;
export type Of<S> = S extends Validator<infer T> ? T : never;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

export const text: Validator<string> = (value) => typeof value === "string";
export const number: Validator<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
export const bool: Validator<boolean> = (value) => typeof value === "boolean";
export const exactly =
  <const L extends string>(literal: L): Validator<L> =>
  (value): value is L =>
    value === literal;
export const nullable =
  <T>(of: Validator<T>): Validator<T | null> =>
  (value): value is T | null =>
    value === null || of(value);
export const optional =
  <T>(of: Validator<T>): Validator<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || of(value);
export const list =
  <T>(of: Validator<T>): Validator<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(of);

/** Other fields are allowed beside the named ones. */
export const record =
  <F extends Record<string, Validator<unknown>>>(fields: F): Validator<{ [K in keyof F]: Of<F[K]> }> =>
  (value): value is { [K in keyof F]: Of<F[K]> } =>
    isRecord(value) && Object.entries(fields).every(([name, fits]) => fits(value[name]));

export const either =
  <S extends readonly Validator<unknown>[]>(...validators: S): Validator<Of<S[number]>> =>
  (value): value is Of<S[number]> =>
    validators.some((fits) => fits(value));

/** A message as it came over a socket; null for anything else than what is expected. */
export function readMessage<T>(validator: Validator<T>, message: string): T | null {
  const value: unknown = JSON.parse(message);
  return validator(value) ? value : null;
}
