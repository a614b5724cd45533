import { renderToReadableStream } from "react-dom/server";
import { type ActionFunctionArgs, type AppLoadContext, type EntryContext, isRouteErrorResponse, type LoaderFunctionArgs, ServerRouter } from "react-router";
import { pageHeaders } from "~/platform/http/headers.server";
import { log } from "~/platform/log.server";
import text from "~/ui/fonts/barlow-400.woff2?url";
import strong from "~/ui/fonts/barlow-600.woff2?url";
import heading from "~/ui/fonts/barlow-condensed-600.woff2?url";
import { NonceContext } from "~/ui/nonce";

/** Every page uses these fonts along with the style sheet, except the drivers' pages, which have those of the phone. */
const FONTS = [text, strong, heading].map((href) => `<${href}>; rel=preload; as=font; type=font/woff2; crossorigin`).join(", ");
const isDrivers = (request: Request): boolean => /^\/driver-portal(\/|$)/.test(new URL(request.url).pathname);

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  pageHeaders(headers, nonce, context.platform.settings);
  if (!isDrivers(request)) headers.append("Link", FONTS);
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
