import { type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs, redirect } from "react-router";
import type * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { parseId, type RecordKind } from "~/kernel/ids";
import { signInPath } from "~/kernel/paths";
import { may, type Permission, permissionRefusal } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import { fromSession } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import type { Authed, ServicesOf } from "./authed.server";
import { type Can, type CommandAnswer, type CommandTable, canOf, commandIn, commandOf, type ExtraOf } from "./commands.server";
import { withReference } from "./error-reference.server";
import { checkForm, NOT_UNDERSTOOD, readForm, readTexts, typedIn } from "./form.server";
import { isFromOwnPage } from "./origin.server";
import { orNotFound, problem, refuse } from "./problem.server";

type Args = LoaderFunctionArgs<AppLoadContext> | ActionFunctionArgs<AppLoadContext>;
/** Names who may call a route; the guard test reads it off every loader and action. */
export const guardOf = Symbol("guard");
export type Guarded = { [guardOf]: { portal: Portal | "operator" | "anyone"; permission: string; commands?: CommandTable } };
export const tagged = <Fn extends (...args: never[]) => unknown>(fn: Fn, portal: Portal | "operator" | "anyone", permission: string): Fn & Guarded =>
  Object.assign(fn, { [guardOf]: { portal, permission } });

/** The parameter in a URL that names a record of each kind, where it is not `<kind>Id`. */
const paramOf: Partial<Record<RecordKind, string>> = { workOrder: "orderId", vendorJob: "jobId" };
const idIn =
  (params: Args["params"]): Authed<Portal>["id"] =>
  (of, param = paramOf[of] ?? `${of}Id`) =>
    orNotFound(parseId(of, params[param]));

const READ_ONLY_MESSAGE = "You're viewing as someone else. Changes are off, so nothing was changed. Stop viewing first.";
const FROM_ELSEWHERE = "This form was sent from another site, so nothing was changed.";

function guardsFor<F extends Portal>(portal: F) {
  /** Who asks, on what plan, with which services. What they may do is for the caller to check. */
  async function authenticate(args: Args): Promise<Authed<F> & { may(permission: string): boolean }> {
    const { platform, servicesFor } = args.context;
    const url = new URL(args.request.url);
    const session = await sessionOf(platform, args.request, portal);
    if (!session) {
      if (args.request.method !== "GET") throw redirect(signInPath[portal]);
      throw redirect(`${signInPath[portal]}?to=${encodeURIComponent(url.pathname.replace(/\.data$/, "") + url.search)}`);
    }
    const { plan, name } = session.organization;
    if (!planIncludesPortal(plan, portal)) throw refuse(403, `This portal of ${name} is closed at the moment. Nothing is lost; ask the shop.`);
    const scope = fromSession(session, args.request);
    // Every request but a GET or HEAD is there to change something.
    if (scope.readOnly && !/^(GET|HEAD)$/.test(args.request.method)) throw refuse(403, READ_ONLY_MESSAGE);
    const services = servicesFor(scope) as ServicesOf<F>; // servicesFor answers for the scope that it was given
    return {
      request: args.request,
      url,
      params: args.params,
      id: idIn(args.params),
      session,
      scope,
      services,
      form: undefined,
      may: (permission) => may(portal, session.membership.role, permission),
    };
  }

  async function authorize(args: Args, permission: Permission<F>): Promise<Authed<F> & { may(permission: string): boolean }> {
    const authed = await authenticate(args);
    if (!authed.may(permission)) throw refuse(403, "Your role does not include this. Ask the owner of your shop.");
    return authed;
  }

  /** What a request put into the outbox goes out once it is answered, however it was answered. */
  async function thenDrain<T>({ services }: Authed<F>, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } finally {
      services.drainSoon();
    }
  }

  return {
    loader,
    action<S extends z.ZodType, T>(permission: Permission<F>, schema: S, handler: (args: Authed<F, z.output<S>>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs<AppLoadContext>) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            const authed = await authorize(args, permission);
            const read = await readForm(args.request, schema);
            if (!read.ok) return problem(read.status, read.problem);
            return thenDrain(authed, () => handler({ ...authed, form: read.form }));
          }),
        portal,
        permission,
      );
    },
    /** Writes down one command of a page. */
    command: commandOf<F>(),
    /** The action of a page: runs the command that its form names, if this person may. */
    commands<const Table extends CommandTable<F>>(table: Table) {
      const run = async (args: ActionFunctionArgs<AppLoadContext>) =>
        withReference(args.request, async () => {
          if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
          const authed = await authenticate(args);
          const read = await readTexts(args.request);
          if (!read.ok) return problem(read.status, read.problem);
          // What names the form on its page is no field of the command.
          const { intent, row, ...fields } = read.values;
          const typed = typedIn(read.values);
          const name = commandIn(table, intent);
          const command = name === null ? undefined : table[name];
          if (!command) return problem(422, { message: NOT_UNDERSTOOD, values: typed });
          if (!authed.may(command.permission)) return problem(403, { message: permissionRefusal(command.permission), values: typed });
          const checked = checkForm(fields, command.form);
          if (!checked.ok) return problem(checked.status, { ...checked.problem, values: typed });
          return thenDrain(authed, () => command.perform({ ...authed, form: checked.form }, typed) as Promise<CommandAnswer<ExtraOf<Table>>>); // one of the table's
        });
      return Object.assign(run, { commands: table, [guardOf]: { portal, permission: "by command", commands: table } });
    },
    /** An action that reads the request's body itself, as it comes: for files, which are longer than any form. */
    stream<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs<AppLoadContext>) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            const authed = await authorize(args, permission);
            return thenDrain(authed, () => handler(authed));
          }),
        portal,
        permission,
      );
    },
  };

  function loader<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>): Loader<T> & Guarded;
  /** With a page's commands: what this person may do there, and why not the rest, is part of its data. */
  function loader<T, const Table extends CommandTable<F>>(
    permission: Permission<F>,
    handler: (args: Authed<F>) => Promise<T>,
    action: { commands: Table },
  ): Loader<T & { can: Can<Table> }> & Guarded;
  function loader<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>, action?: { commands: CommandTable<F> }) {
    const read = async (args: LoaderFunctionArgs<AppLoadContext>) =>
      withReference(args.request, async () => {
        const authed = await authorize(args, permission);
        const page = await handler(authed);
        if (!action) return page;
        return { ...page, can: canOf(action.commands, authed.scope.readOnly ? READ_ONLY_MESSAGE : null, authed.may) };
      });
    return tagged(read, portal, permission);
  }
}

type Loader<T> = (args: LoaderFunctionArgs<AppLoadContext>) => Promise<T>;

export const staff = guardsFor("staff");
export const customer = guardsFor("customer");
export const vendor = guardsFor("vendor");
export const driver = guardsFor("driver");
