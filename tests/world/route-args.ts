import type { AppLoadContext, LoaderFunctionArgs } from "react-router";
import type { LoadContext } from "../../workers/context";

/** What the router hands to a loader or an action. `pattern` is the route's path, which nothing of ours reads. */
export const routeArgs = (
  context: LoadContext | AppLoadContext,
  request: Request,
  params: LoaderFunctionArgs["params"] = {},
): LoaderFunctionArgs<AppLoadContext> & { context: AppLoadContext } => ({
  request,
  url: new URL(request.url),
  pattern: "",
  params,
  context: context as AppLoadContext,
});
