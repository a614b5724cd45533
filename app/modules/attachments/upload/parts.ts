/** R2 wants all parts but the last equally long, and none of those under 5 MiB. The least that it takes loses least when a connection drops. */
export const PART_BYTES = 5 * 1_048_576;

export const partCount = (bytes: number): number => Math.ceil(bytes / PART_BYTES);

/** How long part `number` (from 1) of a file must be; null where the file has no such part. */
export function partLength(bytes: number, number: number): number | null {
  if (!Number.isInteger(number) || number < 1 || number > partCount(bytes)) return null;
  return Math.min(PART_BYTES, bytes - (number - 1) * PART_BYTES);
}

/** The parts that have not come, in order. */
export function missingParts(bytes: number, held: readonly number[]): number[] {
  const here = new Set(held);
  return Array.from({ length: partCount(bytes) }, (_, at) => at + 1).filter((number) => !here.has(number));
}
