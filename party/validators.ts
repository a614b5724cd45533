/**
 * What a message has to look like, said once for its type and its check. A schema library does more, and weighs as
 * much as a page's own code: this is for messages of our own rooms, which every page of the app listens to.
 */
export type Shape<T> = (value: unknown) => value is T;
export type Of<S> = S extends Shape<infer T> ? T : never;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

export const text: Shape<string> = (value) => typeof value === "string";
export const number: Shape<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
export const bool: Shape<boolean> = (value) => typeof value === "boolean";
export const exactly =
  <const L extends string>(word: L): Shape<L> =>
  (value): value is L =>
    value === word;
export const nullable =
  <T>(of: Shape<T>): Shape<T | null> =>
  (value): value is T | null =>
    value === null || of(value);
export const list =
  <T>(of: Shape<T>): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(of);

/** Fields that are not named may stand beside those that are. */
export const record =
  <F extends Record<string, Shape<unknown>>>(fields: F): Shape<{ [K in keyof F]: Of<F[K]> }> =>
  (value): value is { [K in keyof F]: Of<F[K]> } =>
    isRecord(value) && Object.entries(fields).every(([name, fits]) => fits(value[name]));

export const either =
  <S extends readonly Shape<unknown>[]>(...shapes: S): Shape<Of<S[number]>> =>
  (value): value is Of<S[number]> =>
    shapes.some((fits) => fits(value));

/** A message as it came over a socket; null for anything else than what is expected. */
export function readMessage<T>(shape: Shape<T>, message: string): T | null {
  const value: unknown = JSON.parse(message);
  return shape(value) ? value : null;
}
