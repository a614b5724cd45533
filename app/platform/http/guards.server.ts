import { type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs, redirect } from "react-router";
import type * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { signInPath } from "~/kernel/paths";
import { may, type Permission } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import type { FoundSession } from "~/platform/directory/directory.server";
import { fromSession, type Scope } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { withReference } from "./error-reference.server";
import { readForm } from "./form.server";
import { isFromOwnPage } from "./origin.server";
import { problem, refuse } from "./problem.server";

type Args = LoaderFunctionArgs<AppLoadContext> | ActionFunctionArgs<AppLoadContext>;
type Services<F extends Portal> = ReturnType<AppLoadContext["servicesFor"]> & { db: { scope: Scope<F> } };

/** What a route gets once the session was accepted. */
export type Authed<F extends Portal, Form = undefined> = {
  request: Request;
  url: URL;
  params: Args["params"];
  session: FoundSession<F>;
  scope: Scope<F>;
  services: Services<F>;
  form: Form;
};

/** Names who may call a route; the guard test reads it off every loader and action. */
export const guardOf = Symbol("guard");
export type Guarded = { [guardOf]: { portal: Portal | "operator" | "anyone"; permission: string } };
export const tagged = <Fn extends (...args: never[]) => unknown>(fn: Fn, portal: Portal | "operator" | "anyone", permission: string): Fn & Guarded =>
  Object.assign(fn, { [guardOf]: { portal, permission } });

const READ_ONLY_MESSAGE = "You're viewing as someone else. Changes are off, so nothing was changed. Stop viewing first.";
const FROM_ELSEWHERE = "This form was sent from another site, so nothing was changed.";

function guardsFor<F extends Portal>(portal: F) {
  async function authorize(args: Args, permission: Permission<F>): Promise<Authed<F>> {
    const { platform, servicesFor } = args.context;
    const url = new URL(args.request.url);
    const session = await sessionOf(platform, args.request, portal);
    if (!session) {
      if (args.request.method !== "GET") throw redirect(signInPath[portal]);
      throw redirect(`${signInPath[portal]}?to=${encodeURIComponent(url.pathname.replace(/\.data$/, "") + url.search)}`);
    }
    const { plan, name } = session.organization;
    if (!planIncludesPortal(plan, portal)) throw refuse(403, `This portal of ${name} is closed at the moment. Nothing is lost; ask the shop.`);
    if (!may(portal, session.membership.role, permission)) throw refuse(403, "Your role does not include this. Ask the owner of your shop.");
    const scope = fromSession(session);
    // Every request but a GET or HEAD is there to change something.
    if (scope.readOnly && !/^(GET|HEAD)$/.test(args.request.method)) throw refuse(403, READ_ONLY_MESSAGE);
    const services = servicesFor(scope) as Services<F>; // servicesFor answers for the scope that it was given
    return { request: args.request, url, params: args.params, session, scope, services, form: undefined };
  }

  return {
    loader<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>) {
      return tagged(
        async (args: LoaderFunctionArgs<AppLoadContext>) => withReference(args.request, async () => handler(await authorize(args, permission))),
        portal,
        permission,
      );
    },
    action<S extends z.ZodType, T>(permission: Permission<F>, schema: S, handler: (args: Authed<F, z.output<S>>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs<AppLoadContext>) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            const authed = await authorize(args, permission);
            const read = await readForm(args.request, schema);
            if (!read.ok) return problem(read.status, read.problem);
            return handler({ ...authed, form: read.form });
          }),
        portal,
        permission,
      );
    },
    /** An action that reads the request's body itself, as it comes: for files, which are longer than any form. */
    stream<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs<AppLoadContext>) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            return handler(await authorize(args, permission));
          }),
        portal,
        permission,
      );
    },
  };
}

export const staff = guardsFor("staff");
export const customer = guardsFor("customer");
export const vendor = guardsFor("vendor");
export const driver = guardsFor("driver");
