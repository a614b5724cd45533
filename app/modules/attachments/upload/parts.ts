/** R2 needs equal parts of at least 5 MiB, except the last. The minimum loses the least when a connection drops. */
export const PART_BYTES = 5 * 1_048_576;

export const partCount = (bytes: number): number => Math.ceil(bytes / PART_BYTES);

/** The length of part `number` (from 1); null if the file has no such part. */
export function partLength(bytes: number, number: number): number | null {
  if (!Number.isInteger(number) || number < 1 || number > partCount(bytes)) return null;
  return Math.min(PART_BYTES, bytes - (number - 1) * PART_BYTES);
}

/** The missing parts, in order. */
export function missingParts(bytes: number, held: readonly number[]): number[] {
  const here = new Set(held);
  return Array.from({ length: partCount(bytes) }, (_, at) => at + 1).filter((number) => !here.has(number));
}
