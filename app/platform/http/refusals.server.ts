import { data } from "react-router";
import { FIX_FIELDS, ID_TAKEN, type Problem } from "./problem.server";

type Texts = Readonly<Record<string, string>>;

/** The refusals of use cases that need no message of their own: any command may meet them. */
export type SharedRefusal =
  | { kind: "not-found" }
  | { kind: "stale" }
  | { kind: "id-taken" }
  | { kind: "no-reason" }
  /** More of it than the quotas allow (`quotas.server.ts`). */
  | { kind: "over-quota"; message: string; retryAfterSeconds: number }
  /** Refused by a life cycle, with the reason. */
  | { kind: "not-allowed"; message: string }
  /** Fields that the schema of the form cannot judge alone, each with its message. */
  | { kind: "invalid"; fields: Texts };

/** What the form comes back with instead of what was typed, and what its page goes on showing. */
type More = {
  /** In place of what was typed. */
  values?: Texts;
  /** Beside what was typed. */
  more?: Texts;
  also?: Readonly<Record<string, unknown>>;
};

/** How a refusal is answered: a message alone is a conflict with what is on record (409). */
export type Answer = string | Whole;
type Whole = { status: 403 | 404 | 409 | 422 | 429; message: string; fields?: Texts; retryAfterSeconds?: number } & More;

/** A message at one field. */
export const onField = (name: string, message: string): Answer => onFields({ [name]: message });
const onFields = (fields: Texts): Answer => ({ status: 422, message: FIX_FIELDS, fields });
export const missing = (message: string): Answer => ({ status: 404, message });
export const notAllowed = (message: string): Answer => ({ status: 403, message });
export const unreadable = (message: string): Answer => ({ status: 422, message });
export const tooOften = (message: string, retryAfterSeconds: number): Answer => ({ status: 429, message, retryAfterSeconds });

/** Asks about what looks like a slip of the hand: the form comes back with a box that confirms these doubts (`ConfirmDoubts`). */
export const askAgain = (message: string, doubts: string): Answer => ({ status: 409, message, fields: { confirmed: message }, more: { doubts } });

/** A refusal of the form's fields by a command itself: `err(invalid({ to: "Choose the new owner." }))`. */
export const invalid = (fields: Texts) => ({ kind: "invalid" as const, fields });

const shared: { [Kind in SharedRefusal["kind"]]: (refusal: Extract<SharedRefusal, { kind: Kind }>) => Answer } = {
  "not-found": () => missing("That doesn't exist anymore. Reload the page."),
  stale: () => "Someone else just changed this. Here is the latest version. Your entries are still here.",
  "id-taken": () => ID_TAKEN,
  "no-reason": () => unreadable("Enter a reason. It stays on record."),
  "not-allowed": ({ message }) => message,
  "over-quota": ({ message, retryAfterSeconds }) => tooOften(message, retryAfterSeconds),
  invalid: ({ fields }) => onFields(fields),
};

type Kinds = { kind: string };
/** Refusals that have the shape of a shared one; another type of the same kind still needs its own message. */
type SharedIn<Refusal extends Kinds> = Refusal extends SharedRefusal ? Refusal : never;
export type OwnRefusal<Refusal extends Kinds> = Exclude<Refusal, SharedIn<Refusal>>;
type AnswerTo<Refusal extends Kinds, Kind> = Answer | ((refusal: Extract<Refusal, { kind: Kind }>) => Answer);
/** Answers to each refusal of a use case: for all that are not shared, and for shared ones where a page knows better. */
export type RefusalTable<Refusal extends Kinds> = { [Kind in OwnRefusal<Refusal>["kind"]]: AnswerTo<Refusal, Kind> } & {
  [Kind in SharedIn<Refusal>["kind"]]?: AnswerTo<Refusal, Kind>;
};

/** The one mapping from a refusal to what a form answers: status, message, fields, and what was typed. */
export function answerRefusal<Refusal extends Kinds>(
  refusal: Refusal,
  table: Partial<RefusalTable<Refusal>>,
  otherwise: (refusal: Refusal) => Answer | undefined,
  typed: Texts,
) {
  // The types hold every kind; a lookup by a kind that is a string cannot know that.
  const answers = { ...shared, ...table } as unknown as Record<string, AnswerTo<Kinds, string> | undefined>;
  const found = answers[refusal.kind] ?? otherwise(refusal);
  if (found === undefined) throw new Error(`no answer to the refusal ${refusal.kind}`);
  const answer = typeof found === "function" ? found(refusal as never) : found;
  const whole: Whole = typeof answer === "string" ? { status: 409, message: answer } : answer;
  const { status, message, fields, retryAfterSeconds, values = typed, more, also } = whole;
  const problem: Problem = { message, ...(fields ? { fields } : {}), values: { ...values, ...more } };
  return data(
    { problem, done: null, ...also },
    { status, ...(retryAfterSeconds === undefined ? {} : { headers: { "Retry-After": String(retryAfterSeconds) } }) },
  );
}
