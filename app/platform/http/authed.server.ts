import type { AppLoadContext, LoaderFunctionArgs } from "react-router";
import type { Portal } from "~/kernel/audience";
import type { Id, RecordKind } from "~/kernel/ids";
import type { FoundSession } from "~/platform/directory/directory.server";
import type { Scope } from "~/platform/scope/scope.server";

export type ServicesOf<F extends Portal> = ReturnType<AppLoadContext["servicesFor"]> & { db: { scope: Scope<F> } };

/** What a route gets once the session was accepted. */
export type Authed<F extends Portal, Form = undefined> = {
  request: Request;
  url: URL;
  params: LoaderFunctionArgs["params"];
  /** The id of a record that the URL names; one that cannot exist is 404. */
  id<K extends RecordKind>(of: K, param?: string): Id<K>;
  session: FoundSession<F>;
  scope: Scope<F>;
  services: ServicesOf<F>;
  form: Form;
};
