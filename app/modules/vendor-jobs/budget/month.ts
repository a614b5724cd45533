import { dayOf, startOfNamedDay, type UtcMs } from "~/kernel/time";

/** The calendar month of an instant in the shop's time zone. */
export function monthOf(at: UtcMs, zone: string): { from: UtcMs; to: UtcMs } {
  const [year = 0, month = 0] = dayOf(at, zone).split("-").map(Number);
  const first = (y: number, m: number) => startOfNamedDay(`${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-01`, zone);
  const [from, to] = [first(year, month), month === 12 ? first(year + 1, 1) : first(year, month + 1)];
  if (from === null || to === null) throw new Error(`no month: ${year}-${month}`);
  return { from, to };
}
