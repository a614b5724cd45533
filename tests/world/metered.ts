export type Rows = { read: number; written: number };

/** A binding that counts the rows that its statements read and write, as they are billed. */
export function metered(binding: D1Database, count: Rows): D1Database {
  const add = ({ meta }: D1Result) => {
    count.read += meta.rows_read;
    count.written += meta.rows_written;
  };
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const counting = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => counting(target.bind(...values));
        if (name === "all" || name === "raw" || name === "run")
          return async () => {
            const answer = await target.all<Record<string, unknown>>();
            add(answer);
            return name === "raw" ? answer.results.map((row) => Object.values(row)) : answer;
          };
        const value = Reflect.get(target, name) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    originals.set(proxy, statement);
    return proxy;
  };
  return new Proxy(binding, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => counting(target.prepare(sql));
      if (name === "batch")
        return async (statements: D1PreparedStatement[]) => {
          const answers = await target.batch(statements.map((one) => originals.get(one) ?? one));
          answers.forEach(add);
          return answers;
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
