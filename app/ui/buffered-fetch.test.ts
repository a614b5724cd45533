import { expect, test } from "vitest";
import { bufferedFetch } from "./buffered-fetch";

/** Answers at once, and holds back the rest of the body until it is aborted. */
const halting = (async (_input, init) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("[1"));
      init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
    },
  });
  return new Response(body, { status: 201, headers: { "X-Kept": "yes" } });
}) satisfies typeof fetch;

test("rejects page data that is aborted midway", async () => {
  const leaving = new AbortController();
  const asked = bufferedFetch(halting)(new URL("https://shop.test/board.data"), leaving);
  await new Promise((resolve) => setTimeout(resolve));
  leaving.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});

test("keeps status, headers and body of page data, and streams other responses unchanged", async () => {
  const whole = await bufferedFetch(async () => new Response("[1]", { status: 202, headers: { "X-Kept": "yes" } }))(new URL("https://shop.test/a.data"));
  expect([whole.status, whole.headers.get("X-Kept"), await whole.text()]).toEqual([202, "yes", "[1]"]);
  const empty = new Response(null, { status: 204 });
  expect(await bufferedFetch(async () => empty)(new URL("https://shop.test/a.data"))).toBe(empty);
  expect((await bufferedFetch(halting)(new URL("https://shop.test/files/1"))).status).toBe(201);
});
