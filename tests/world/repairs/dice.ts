/** Choices that look random and are the same for the same numbers (mulberry32). */
export function diceOf(...numbers: readonly number[]) {
  let state = numbers.reduce((mixed, number) => Math.imul(mixed ^ number, 0x9e3779b1) ^ (mixed >>> 15), 0x2545f491) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (most: number): number => Math.floor(next() * most),
    chance: (share: number): boolean => next() < share,
    /** One of a list; undefined of an empty one. */
    pick: <T>(all: readonly T[]): T | undefined => all[Math.floor(next() * all.length)],
    /** Each of a list with this chance, and at least one of them. */
    some<T>(all: readonly T[], share = 0.6): T[] {
      const chosen = all.filter(() => next() < share);
      const one = all[Math.floor(next() * all.length)];
      return chosen.length > 0 || one === undefined ? chosen : [one];
    },
  };
}
export type Dice = ReturnType<typeof diceOf>;
