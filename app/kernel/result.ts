/** An expected outcome as a value: bugs throw, refusals are returned. */
export type Result<Value, Refusal> = { ok: true; value: Value } | { ok: false; error: Refusal };

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });
export const err = <Refusal>(error: Refusal): { ok: false; error: Refusal } => ({ ok: false, error });

/** Closes an exhaustive switch: an unhandled case fails to compile, and throws if data lied. */
export function never(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
