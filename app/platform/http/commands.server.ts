import { redirect } from "react-router";
import * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { type Permission, permissionRefusal } from "~/kernel/permissions";
import type { Result } from "~/kernel/result";
import { log } from "~/platform/log.server";
import type { Authed } from "./authed.server";
import { type Answer, answerRefusal, type OwnRefusal, type RefusalTable } from "./refusals.server";

/** Changing something takes a right to change it: no command can be guarded by a permission to read. */
export type CommandPermission<F extends Portal> = Exclude<Permission<F>, `${string}:read`>;

/** The message of a command that went through, and what else its page shows of it, such as a new PIN. */
export type Done<Extra> = string | null | ({ done: string | null; tone?: "green" | "amber" } & Extra);

type Outcome = Result<unknown, { kind: string }>;
type ValueOf<Ran extends Outcome> = Extract<Ran, { ok: true }>["value"];
type RefusalOf<Ran extends Outcome> = Extract<Ran, { ok: false }>["error"];
type TableFor<Refusal extends { kind: string }> =
  Record<never, never> extends RefusalTable<Refusal> ? { refusals?: RefusalTable<Refusal> } : { refusals: RefusalTable<Refusal> };

type Spec<F extends Portal, Schema extends z.ZodType, Ran extends Outcome, Extra extends object> = {
  permission: CommandPermission<F>;
  form: Schema;
  run(args: Authed<F, z.output<Schema>>): Promise<Ran>;
  done?: string | ((value: ValueOf<Ran>, args: Authed<F, z.output<Schema>>) => Done<Extra> | Promise<Done<Extra>>);
  /** The page that follows, instead of a message on this one. */
  goTo?(args: Authed<F, z.output<Schema>>, value: ValueOf<Ran>): string;
  /** A cookie that comes with the page that follows. */
  cookie?(value: ValueOf<Ran>): string;
  /** The outbox is drained before the answer where that reports an effect ("signed out everywhere"); else right after it. */
  drain?: "before-answer";
};
/** A use case whose refusals one function answers; shared ones are answered before it. */
type Refuse<F extends Portal, Schema extends z.ZodType, Ran extends Outcome> = {
  refuse(refusal: OwnRefusal<RefusalOf<Ran>>, args: Authed<F, z.output<Schema>>): Answer;
};

/** One thing that can be done on a page: who may, what its form brings, what runs, what is answered. */
export type Command<F extends Portal = Portal, Extra = unknown> = {
  permission: CommandPermission<F>;
  form: z.ZodType;
  perform(args: Authed<F, unknown>, typed: Readonly<Record<string, string>>): Promise<CommandAnswer<Extra>>;
  /** Of the type alone: what the page is given of `done`. */
  extra?: Extra;
};

type Success<Extra> = { problem: null; done: string | null; tone?: "green" | "amber" } & Partial<Extra>;
export type CommandAnswer<Extra> = Success<Extra> | ReturnType<typeof answerRefusal>;

/** The commands of one page by name: what its forms send as `intent`. */
export type CommandTable<F extends Portal = Portal> = Readonly<Record<string, Command<F>>>;

/** Writes down one command; the compiler asks for a message for each refusal of `run` that is not a shared one. */
export function commandOf<F extends Portal>() {
  function command<Schema extends z.ZodType, Ran extends Outcome, Extra extends object>(
    spec: Spec<F, Schema, Ran, Extra> & Refuse<F, Schema, Ran>,
  ): Command<F, Extra>;
  function command<Schema extends z.ZodType, Ran extends Outcome, Extra extends object>(
    spec: Spec<F, Schema, Ran, Extra> & TableFor<RefusalOf<Ran>>,
  ): Command<F, Extra>;
  function command<Schema extends z.ZodType, Ran extends Outcome, Extra extends object>(
    spec: Spec<F, Schema, Ran, Extra> & { refusals?: RefusalTable<RefusalOf<Ran>> } & Partial<Refuse<F, Schema, Ran>>,
  ): Command<F, Extra> {
    return {
      permission: spec.permission,
      form: spec.form,
      async perform(given, typed) {
        const args = given as Authed<F, z.output<Schema>>; // the guard read the form by this command's own schema
        const ran = await spec.run(args);
        // What is saved is answered as saved: the sweep drains what could not be drained now.
        if (spec.drain === "before-answer") await args.services.drainNow().catch((cause) => log.error("command.not-drained", cause));
        if (!ran.ok) {
          const refusal = ran.error as RefusalOf<Ran>;
          return answerRefusal(refusal, { ...spec.refusals }, (own) => spec.refuse?.(own as OwnRefusal<RefusalOf<Ran>>, args), typed);
        }
        const value = ran.value as ValueOf<Ran>;
        const headers: HeadersInit = spec.cookie ? { "Set-Cookie": spec.cookie(value) } : {};
        if (spec.goTo) throw redirect(spec.goTo(args, value), { status: 303, headers });
        const done = typeof spec.done === "function" ? await spec.done(value, args) : (spec.done ?? null);
        return (typeof done === "object" && done !== null ? { problem: null, ...done } : { problem: null, done }) as CommandAnswer<Extra>; // of the type of `Done`
      },
    };
  }
  return command;
}

/** By command: null where this person may, else the reason why not. */
export type Can<Table> = { readonly [Name in keyof Table]: string | null };

export const canOf = <Table extends CommandTable>(table: Table, closed: string | null, may: (permission: string) => boolean): Can<Table> =>
  // Its keys are the table's.
  Object.fromEntries(
    Object.entries(table).map(([name, { permission }]) => [name, closed ?? (may(permission) ? null : permissionRefusal(permission))]),
  ) as Can<Table>;

type ExtrasOf<Table> = { [Name in keyof Table]: Table[Name] extends { extra?: infer Extra } ? NonNullable<Extra> : never }[keyof Table];
type NamesIn<Union> = Union extends unknown ? keyof Union : never;
/** What any of the commands answers beyond its message; each is there only after its own command. */
export type ExtraOf<Table> = {
  [Name in NamesIn<ExtrasOf<Table>>]: ExtrasOf<Table> extends infer One ? (One extends Record<Name, infer It> ? It : never) : never;
};

/** What a form must have to be one of the table's: a page with a single command needs no `intent`. */
export function commandIn<Table extends CommandTable>(table: Table, intent: string | undefined): string | null {
  const [only, ...others] = Object.keys(table);
  if (intent === undefined && others.length === 0) return only ?? null;
  return intent !== undefined && Object.hasOwn(table, intent) ? intent : null;
}

/** For a command whose form has no fields besides its name. */
export const noFields = z.object({});
