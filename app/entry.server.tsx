import { renderToReadableStream } from "react-dom/server";
import { type ActionFunctionArgs, type AppLoadContext, type EntryContext, isRouteErrorResponse, type LoaderFunctionArgs, ServerRouter } from "react-router";
import { pageHeaders } from "~/platform/http/headers.server";
import { log } from "~/platform/log.server";
import { NonceContext } from "~/ui/nonce";

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  pageHeaders(headers, nonce, context.platform.settings);
  let failed = false;
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <ServerRouter context={entry} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
    {
      nonce,
      // Lazy sections are streamed in place, however long they are, because without JavaScript nothing could move them.
      progressiveChunkSize: Number.MAX_SAFE_INTEGER,
      signal: request.signal,
      onError(cause) {
        failed = true;
        if (!request.signal.aborted) log.error("page.render", cause, { path: new URL(request.url).pathname });
      },
    },
  );
  await body.allReady;
  return new Response(body, { status: failed ? 500 : status, headers });
}

/** Loaders and actions log their own faults (platform/http/faults.server.ts); this logs what fails outside of them. */
export function handleError(error: unknown, { request }: LoaderFunctionArgs<AppLoadContext> | ActionFunctionArgs<AppLoadContext>): void {
  if (request.signal.aborted || isRouteErrorResponse(error) || error instanceof Response) return;
  log.error("page.failed", error, { path: new URL(request.url).pathname });
}
