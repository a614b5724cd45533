import type { ActivityItem, EventDescription, EventTone } from "./activity";
import { capitalized } from "./capitalized.ts";
import type { UtcMs } from "./time";
import { describeBrowser } from "./user-agent";

/** What reads a stored body: a zod schema, named by its shape because the kernel imports no package. */
export type BodySchema<Body> = { safeParse(value: unknown): { success: true; data: Body } | { success: false; error: unknown } };

declare const made: unique symbol;
/** An event for the journal. Only a catalog makes one, so its code exists and its body fits. */
export type JournalEvent<Code extends string = string, Body extends object = object> = { readonly [made]: true; readonly code: Code; readonly body: Body };

/** Who acted, and from where (null where it isn't known). */
export type EventContext = { by: string; from: string | null };
type Text<Body> = string | ((body: Body, context: EventContext) => string);

export type EventLabels<Body> = {
  /** On the journal page: complete without the record beside it. */
  label: Text<Body>;
  /** In the activity of the record it belongs to; by default the label. */
  title?: Text<Body>;
  detail?: (body: Body, context: EventContext) => string | null;
  tone?: EventTone | ((body: Body) => EventTone);
  /** Who acted, where the journal can't name them: the typed address of a sign-in. */
  who?: (body: Body) => string | null;
};
export type EventDefinition<Body extends object> = { body: BodySchema<Body>; labels: EventLabels<Body> };

/** One event of a catalog: the schema of its body, and what people read. */
export const event = <Body extends object>(body: BodySchema<Body>, labels: EventLabels<Body> | Text<Body>): EventDefinition<Body> => ({
  body,
  labels: typeof labels === "object" ? labels : { label: labels },
});

// `any`: a definition takes its own body, so no other type covers all of them.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Definitions = { readonly [code: `${string}.${string}`]: EventDefinition<any> };
type BodyIn<D extends Definitions, C extends keyof D> = D[C] extends EventDefinition<infer Body> ? Body : never;
/** One member per code, also where the code is a union, so that a switch on the code narrows the body. */
type EventIn<D extends Definitions, C extends keyof D & string> = C extends C ? JournalEvent<C, BodyIn<D, C>> : never;

/** A journal row's event as stored, before anything is known of it. */
export type StoredEvent = { event: string; body: unknown };

export type EventCatalog<D extends Definitions> = {
  readonly definitions: D;
  of<C extends keyof D & string>(code: C, ...body: Record<never, never> extends BodyIn<D, C> ? [body?: BodyIn<D, C>] : [body: BodyIn<D, C>]): EventIn<D, C>;
  /** A row of this catalog with its body checked; null for other rows, and for a body that doesn't fit. */
  read(row: StoredEvent): EventIn<D, keyof D & string> | null;
  /** As `read`, for one code: the body, or null. */
  bodyOf<C extends keyof D & string>(row: StoredEvent, code: C): BodyIn<D, C> | null;
  /** Codes for a query. */
  codes<C extends keyof D & string>(...codes: C[]): C[];
};
export type EventOf<Catalog> = Catalog extends EventCatalog<infer D> ? EventIn<D, keyof D & string> : never;

/** The events that a module writes: a code `noun.past-verb`, its body and its labels, next to each other. */
export function defineEvents<const D extends Definitions>(definitions: D): EventCatalog<D> {
  const known: Definitions = definitions;
  const read = ({ event: code, body }: StoredEvent) => {
    const parsed = Object.hasOwn(known, code) ? known[code as keyof Definitions]?.body.safeParse(body) : undefined;
    return parsed?.success ? { code, body: parsed.data } : null;
  };
  return {
    definitions,
    of: ((code: string, body: object = {}) => ({ code, body })) as never, // the types of code and body are checked where it is called; the brand has no value
    read: (row) => read(row) as never, // as its own schema parsed it
    bodyOf: (row, code) => (row.event === code ? ((read(row)?.body ?? null) as never) : null), // as above
    codes: (...codes) => codes,
  };
}

/** A code as text, for a row that no catalog knows: "vendor-job.taken-back" is "Vendor job taken back". */
export function readableCode(code: string): string {
  const text = code.replaceAll(/[.\-_]/g, " ");
  return capitalized(text);
}

export type DescribedEvent = EventDescription & { label: string; who: string | null };

/** What people read about a row. A row that doesn't fit its catalog is shown by its code. */
export function describeStored(definitions: Definitions, row: StoredEvent, context: EventContext): DescribedEvent {
  const definition = Object.hasOwn(definitions, row.event) ? definitions[row.event as keyof Definitions] : undefined;
  const parsed = definition?.body.safeParse(row.body);
  if (!definition || !parsed?.success) {
    const label = readableCode(row.event);
    return { label, title: label, detail: null, tone: "slate", who: null };
  }
  const { label, title = label, detail, tone = "slate", who } = definition.labels;
  const text = (of: Text<unknown>) => (typeof of === "string" ? of : of(parsed.data, context));
  return {
    label: text(label),
    title: text(title),
    detail: detail?.(parsed.data, context) || null,
    tone: typeof tone === "string" ? tone : tone(parsed.data),
    who: who?.(parsed.data) ?? null,
  };
}

export type EventRow = StoredEvent & { actor: { name: string }; ip?: string | null; userAgent?: string | null };

export const contextOf = ({ actor, ip, userAgent }: EventRow): EventContext => ({
  by: actor.name,
  from: [ip, userAgent && describeBrowser(userAgent)].filter(Boolean).join(" · ") || null,
});

/** One entry of a record's activity. Another record's event is named by its label, which names what it is about. */
export function activityItem(definitions: Definitions, row: EventRow & { recordId: string; version: number; at: UtcMs }, of: "own" | "another"): ActivityItem {
  const { label, title, detail, tone } = describeStored(definitions, row, contextOf(row));
  return { key: `${row.recordId}-${row.version}`, at: row.at, event: row.event, who: row.actor.name, title: of === "own" ? title : label, detail, tone };
}
