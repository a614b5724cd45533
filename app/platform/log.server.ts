type Facts = Record<string, string | number | boolean | null | undefined>;

/** One JSON object a line. Facts are ids and counts: never a key, a token, an address or a body. */
export const log = {
  info: (event: string, facts: Facts = {}) => console.log(JSON.stringify({ level: "info", event, ...facts })),
  warn: (event: string, facts: Facts = {}) => console.warn(JSON.stringify({ level: "warn", event, ...facts })),
  error: (event: string, cause: unknown, facts: Facts = {}) => {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    console.error(JSON.stringify({ level: "error", event, ...facts, message: withoutValues(error.message), stack: withoutValues(error.stack ?? "") }));
  },
};

/** Drizzle appends the values of a failed query to its message: addresses and hashes, which logs must not hold. */
const withoutValues = (text: string): string => text.replace(/\nparams: .*/g, "\nparams: …");
