/** Thrown by what a dead process still asks for. */
class Died extends Error {}

/** A database of which a process reaches nothing after so many calls: it died there, and whatever it did before is kept. */
export function dyingDatabase(binding: D1Database, calls: number): D1Database {
  let left = calls;
  const alive = () => {
    left -= 1;
    if (left < 0) throw new Died("the process died");
  };
  return new Proxy(binding, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...parts: unknown[]) => {
        if (name === "batch" || name === "prepare") alive();
        return value.apply(target, parts);
      };
    },
  });
}
