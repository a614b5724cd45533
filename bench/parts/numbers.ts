/** The middle of a list, the mean of the two middles where it is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value that `share` of the sorted samples do not exceed. */
export function percentile(samples: Float64Array, share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = samples.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number;
}

export type Spread = { median: number; low: number; high: number };
export const spreadOf = (values: readonly number[]): Spread => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });

const digits = (value: number) => (Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
export const figure = (value: number): string => (Number.isFinite(value) ? value.toFixed(digits(value)) : "-");
/** `median (low-high)` */
export const formatSpread = ({ median, low, high }: Spread): string => `${figure(median)} (${figure(low)}-${figure(high)})`;

/** A Markdown table with aligned columns: good in a terminal and in the README. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => (row[at] ?? "").length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] as number)).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
