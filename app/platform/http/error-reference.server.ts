import { log } from "~/platform/log.server";

/**
 * Runs a loader or an action. What it refuses passes through; a fault is logged under a reference,
 * and only that reference goes out.
 */
export async function withReference<T>(request: Request, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof Response) throw cause;
    const reference = crypto.randomUUID().slice(0, 8);
    log.error("page.failed", cause, { reference, method: request.method, path: new URL(request.url).pathname });
    throw new Response(reference, { status: 500, statusText: "Internal Server Error" });
  }
}
