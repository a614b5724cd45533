import { type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs, redirect } from "react-router";
import type * as z from "zod";
import type { Face } from "~/kernel/audience";
import { doorOf } from "~/kernel/paths";
import { may, type Permission } from "~/kernel/permissions";
import { opensFace } from "~/kernel/plans";
import type { FoundSession } from "~/platform/directory/directory.server";
import { fromSession, type Scope } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { withReference } from "./error-reference.server";
import { readForm } from "./form.server";
import { isFromOwnPage } from "./origin.server";
import { problem, refuse } from "./problem.server";

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Services<F extends Face> = ReturnType<AppLoadContext["servicesFor"]> & { db: { scope: Scope<F> } };

/** What a route gets once the door has let somebody in. */
export type Authed<F extends Face, Form = undefined> = {
  request: Request;
  url: URL;
  params: Args["params"];
  session: FoundSession<F>;
  scope: Scope<F>;
  services: Services<F>;
  form: Form;
};

/** How a route says who may call it; the guard test reads this off every loader and action. */
export const guardOf = Symbol("guard");
export type Guarded = { [guardOf]: { face: Face | "operator" | "anyone"; permission: string } };
export const tagged = <Fn extends (...args: never[]) => unknown>(fn: Fn, face: Face | "operator" | "anyone", permission: string): Fn & Guarded =>
  Object.assign(fn, { [guardOf]: { face, permission } });

const LOOKS_ONLY = "You are looking through somebody else's eyes, so nothing was changed. Stop viewing first.";
const FROM_ELSEWHERE = "This form was sent from another site, so nothing was changed.";

function guardsFor<F extends Face>(face: F) {
  async function enter(args: Args, permission: Permission<F>): Promise<Authed<F>> {
    const { platform, servicesFor } = args.context;
    const url = new URL(args.request.url);
    const session = await sessionOf(platform, args.request, face);
    if (!session) {
      if (args.request.method !== "GET") throw redirect(doorOf[face]);
      throw redirect(`${doorOf[face]}?to=${encodeURIComponent(url.pathname.replace(/\.data$/, "") + url.search)}`);
    }
    const { plan, name } = session.organization;
    if (!opensFace(plan, face)) throw refuse(403, `This portal of ${name} is closed at the moment. Nothing is lost; ask the shop.`);
    if (!may(face, session.membership.role, permission)) throw refuse(403, "Your role does not include this. Ask the owner of your shop.");
    const scope = fromSession(session);
    // Every request but a GET or HEAD is there to change something.
    if (scope.looksOnly && !/^(GET|HEAD)$/.test(args.request.method)) throw refuse(403, LOOKS_ONLY);
    const services = servicesFor(scope) as Services<F>; // servicesFor answers for the scope that it was given
    return { request: args.request, url, params: args.params, session, scope, services, form: undefined };
  }

  return {
    loader<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>) {
      return tagged(async (args: LoaderFunctionArgs) => withReference(args.request, async () => handler(await enter(args, permission))), face, permission);
    },
    action<S extends z.ZodType, T>(permission: Permission<F>, schema: S, handler: (args: Authed<F, z.output<S>>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            const authed = await enter(args, permission);
            const read = await readForm(args.request, schema);
            if (!read.ok) return problem(read.status, read.problem);
            return handler({ ...authed, form: read.form });
          }),
        face,
        permission,
      );
    },
    /** An action that reads the request's body itself, as it comes: for files, which are longer than any form. */
    stream<T>(permission: Permission<F>, handler: (args: Authed<F>) => Promise<T>) {
      return tagged(
        async (args: ActionFunctionArgs) =>
          withReference(args.request, async () => {
            if (!isFromOwnPage(args.request)) throw refuse(403, FROM_ELSEWHERE);
            return handler(await enter(args, permission));
          }),
        face,
        permission,
      );
    },
  };
}

export const staff = guardsFor("staff");
export const customer = guardsFor("customer");
export const vendor = guardsFor("vendor");
export const driver = guardsFor("driver");
