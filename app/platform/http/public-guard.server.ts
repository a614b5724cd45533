import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from "react-router";
import type * as z from "zod";
import type { Platform } from "~/platform/platform.server";
import { withReference } from "./error-reference.server";
import { PUBLIC_FORM_BYTES, readForm } from "./form.server";
import { tagged } from "./guards.server";
import { isFromOwnPage, networkBehind } from "./origin.server";
import { problem, refuse } from "./problem.server";

type Open<Form = undefined> = {
  request: Request;
  url: URL;
  params: LoaderFunctionArgs["params"];
  platform: Platform;
  context: AppLoadContext;
  form: Form;
};

const openArgs = ({ request, params, context }: LoaderFunctionArgs<AppLoadContext> | ActionFunctionArgs<AppLoadContext>): Open => ({
  request,
  url: new URL(request.url),
  params,
  platform: context.platform,
  context,
  form: undefined,
});

/** What reads a public form, from our own page or from elsewhere. */
const formOf = <S extends z.ZodType, T>(isTaken: (request: Request) => boolean, why: string, schema: S, handler: (args: Open<z.output<S>>) => Promise<T>) =>
  tagged(
    async (args: ActionFunctionArgs<AppLoadContext>) =>
      withReference(args.request, async () => {
        if (!isTaken(args.request)) throw refuse(403, "This form was sent from another site, so nothing was changed.");
        // A flood is stopped here; repeated sign-in attempts are counted by sign-in itself.
        if (!(await args.context.platform.withinLimit("sign-in", networkBehind(args.request))))
          return problem(429, { message: "Too many requests from here. Wait a minute." }, { "Retry-After": "60" });
        const read = await readForm(args.request, schema, PUBLIC_FORM_BYTES);
        if (!read.ok) return problem(read.status, read.problem);
        return handler({ ...openArgs(args), form: read.form });
      }),
    "anyone",
    why,
  );

/** Routes that anybody may call: sign-in, health, the session check. Each names why it is open. */
export const anyone = {
  loader<T>(why: string, handler: (args: Open) => Promise<T>) {
    return tagged(async (args: LoaderFunctionArgs<AppLoadContext>) => withReference(args.request, () => handler(openArgs(args))), "anyone", why);
  },
  action: <S extends z.ZodType, T>(why: string, schema: S, handler: (args: Open<z.output<S>>) => Promise<T>) => formOf(isFromOwnPage, why, schema, handler),
  /** For what programs send by themselves: the address alone gives the right, and no cookie is read. */
  actionFromAnywhere: <S extends z.ZodType, T>(why: string, schema: S, handler: (args: Open<z.output<S>>) => Promise<T>) =>
    formOf(() => true, why, schema, handler),
};
