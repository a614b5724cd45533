import type { BodySchema } from "./events";
import { MINUTE, SECOND, type UtcMs } from "./time";

declare const made: unique symbol;
/** What must happen after the commit, under a key that makes a second delivery harmless. Only a catalog makes one. */
export type Effect<Kind extends string = string, Facts extends object = object> = {
  readonly [made]: true;
  readonly key: string;
  readonly kind: Kind;
  readonly body: Facts;
  readonly dueAt?: UtcMs;
  /** The record whose effects leave one after the other; null for an effect that waits for no other. */
  readonly record: string | null;
};

export type EffectDefinition<Facts extends object> = {
  /** Facts name records; they never hold a secret or a rendered text. */
  facts: BodySchema<Facts>;
  /**
   * `now`: quick and inside our own house, done right after the answer. `queue`: paced, through the queue. `first`: right
   * after the answer since a person waits for it, and through the queue where that failed.
   */
  via: "now" | "queue" | "first";
  /** An attempt that takes longer counts as failed. */
  timeoutMs: number;
  record: (facts: Facts) => string | null;
  /** For mail: what it is, as the office is notified when it can't be delivered. */
  undelivered: string | null;
};

/** An effect inside our own house that brings something up to date. It reads the current state, so its order doesn't matter. */
export const sync = <Facts extends object>(facts: BodySchema<Facts>): EffectDefinition<Facts> => ({
  facts,
  via: "now",
  timeoutMs: 20 * SECOND,
  record: () => null,
  undelivered: null,
});

/** A mail. Those about one record leave in the order in which they were caused. */
export const mail = <Facts extends object>(
  facts: BodySchema<Facts>,
  undelivered: string,
  record: (facts: Facts) => string | null = () => null,
): EffectDefinition<Facts> => ({
  facts,
  via: "queue",
  timeoutMs: MINUTE,
  record,
  undelivered,
});

/** A mail that somebody waits for at a sign-in page. */
export const signInMail = <Facts extends object>(facts: BodySchema<Facts>, undelivered: string): EffectDefinition<Facts> => ({
  ...mail(facts, undelivered),
  via: "first",
});

/** A push message to a person's devices. A newer one shows more than an older one, so none waits for another. */
export const push = <Facts extends object>(facts: BodySchema<Facts>): EffectDefinition<Facts> => ({ ...sync(facts), via: "queue", timeoutMs: 30 * SECOND });

// biome-ignore lint/suspicious/noExplicitAny: a definition takes its own facts, so no other type covers all of them
export type EffectDefinitions = { readonly [kind: `${string}.${string}`]: EffectDefinition<any> };
export type FactsIn<D extends EffectDefinitions, K extends keyof D> = D[K] extends EffectDefinition<infer Facts> ? Facts : never;
/** A handler for each kind, no more and no fewer. */
export type EffectHandlers<D extends EffectDefinitions> = { [K in keyof D]: (facts: FactsIn<D, K>, key: string) => Promise<unknown> };

export type EffectCatalog<D extends EffectDefinitions> = {
  readonly definitions: D;
  of<K extends keyof D & string>(kind: K, key: string, facts: FactsIn<D, K>, dueAt?: UtcMs): Effect<K, FactsIn<D, K>>;
};

/** The effects that a module puts into the outbox: a kind, its facts, and how it leaves. */
export function defineEffects<const D extends EffectDefinitions>(definitions: D): EffectCatalog<D> {
  const known: EffectDefinitions = definitions;
  return {
    definitions,
    // The types of kind and facts are checked where it is called; the brand has no value.
    of: ((kind: keyof EffectDefinitions, key: string, body: object, dueAt?: UtcMs) => ({
      key,
      kind,
      body,
      dueAt,
      record: known[kind]?.record(body) ?? null,
    })) as never,
  };
}
