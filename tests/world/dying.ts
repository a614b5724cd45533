/** Thrown by what a dead process still asks for. */
export class Died extends Error {}

/** Called for each step of a process; throws once it had so many. */
export type Life = () => void;
export function lifeOf(calls: number): Life {
  let left = calls;
  return () => {
    left -= 1;
    if (left < 0) throw new Died("the process died");
  };
}

/** A binding of which a process reaches nothing once it died: whatever it did before is kept. */
export function dying<T extends object>(binding: T, names: readonly string[], alive: Life): T {
  return new Proxy(binding, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...parts: unknown[]) => {
        if (names.includes(String(name))) alive();
        return value.apply(target, parts);
      };
    },
  });
}

/** The calls by which a process reaches a database. */
export const DATABASE_CALLS = ["batch", "prepare"];

export const dyingDatabase = (binding: D1Database, calls: number): D1Database => dying(binding, DATABASE_CALLS, lifeOf(calls));
