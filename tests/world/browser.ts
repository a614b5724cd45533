import { routeArgs } from "./route-args";
import type { World } from "./world";

type Serving = (args: never) => Promise<unknown>;
export type TestResponse = { status: number; location: string | null; headers: Headers; body: unknown };
type Options = { params?: Record<string, string>; headers?: HeadersInit };

/** A browser with its cookies at one address, as far as loaders and actions can tell. */
export function browserIn(world: World, { address = "192.0.2.1", host = "http://localhost" } = {}) {
  const jar = new Map<string, string>();

  async function call(serve: Serving, path: string, init: RequestInit, { params = {}, headers }: Options): Promise<TestResponse> {
    const request = new Request(host + path, init);
    for (const [name, value] of new Headers(headers)) request.headers.set(name, value);
    request.headers.set("CF-Connecting-IP", address);
    if (jar.size > 0) request.headers.set("Cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const args = routeArgs(world.context, request, params);
    const answered = asAnswer(await serve(args as never).catch(thrownResponse));
    for (const line of answered.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && /Max-Age=0/.test(line)) jar.delete(name);
      else if (name && value) jar.set(name, value);
    }
    return answered;
  }

  return {
    jar,
    get: (loader: Serving, path: string, options: Options = {}) => call(loader, path, {}, options),
    post: (action: Serving, path: string, fields: Record<string, string>, options: Options = {}) =>
      call(
        action,
        path,
        { method: "POST", body: new URLSearchParams(fields) },
        { ...options, headers: { "Sec-Fetch-Site": "same-origin", ...options.headers } },
      ),
  };
}

function thrownResponse(cause: unknown): Response {
  if (cause instanceof Response) return cause;
  throw cause;
}

function asAnswer(value: unknown): TestResponse {
  if (value instanceof Response) return { status: value.status, location: value.headers.get("Location"), headers: value.headers, body: null };
  const given = value as { type?: string; data?: unknown; init?: ResponseInit } | null; // the router's `data()`, or what the handler returned
  if (given?.type !== "DataWithResponseInit") return { status: 200, location: null, headers: new Headers(), body: value };
  return { status: given.init?.status ?? 200, location: null, headers: new Headers(given.init?.headers), body: given.data };
}
