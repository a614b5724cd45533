import { expect, test } from "vitest";
import * as z from "zod";
import { readForm } from "./form.server";

const Name = z.object({ name: z.string().min(1, "Type a name.") });
const post = (body: BodyInit, headers: HeadersInit = {}) => new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit); // Node asks for the half that a stream goes

/** A body without a Content-Length, and how much of it was taken. */
function endless() {
  const taken = { chunks: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.chunks += 1;
      if (taken.chunks > 2_000) controller.close();
      else controller.enqueue(new Uint8Array(16 * 1_024).fill(97));
    },
  });
  return { taken, body };
}

test("a form is read and checked; what was typed comes back, secrets do not", async () => {
  expect(await readForm(post(new URLSearchParams({ name: "Joan" })), Name)).toEqual({ ok: true, form: { name: "Joan" } });
  const form = new FormData();
  form.set("name", "Joan");
  expect(await readForm(post(form), Name)).toMatchObject({ ok: true });
  const refused = await readForm(post(new URLSearchParams({ name: "", password: "p", pin: "1", setupCode: "c", email: "e" })), Name);
  expect(refused).toMatchObject({ ok: false, status: 422, problem: { fields: { name: "Type a name." }, values: { name: "", email: "e" } } });
  expect(JSON.stringify(refused)).not.toMatch(/"password"|"pin"|"setupCode"/);
});

test("texts come without signs that nobody sees, and with lines that end one way; a password stays as it is", async () => {
  const any = z.record(z.string(), z.string());
  const typed = { name: "\u202Eenilhtron\u200B", message: "Brakes\r\nand lights\0", password: "a\u200Bb\r\n" };
  expect(await readForm(post(new URLSearchParams(typed)), any)).toEqual({
    ok: true,
    form: { name: "enilhtron", message: "Brakes\nand lights", password: typed.password },
  });
  expect(await readForm(post(new URLSearchParams({ name: "\u2060\u200D" })), Name)).toMatchObject({ ok: false, problem: { fields: { name: "Type a name." } } });
});

test("what is no form is refused in words", async () => {
  for (const [body, type] of [
    ["{}", "application/json"],
    ["x", "multipart/form-data"],
    ["", "text/plain"],
  ] as const) {
    expect(await readForm(post(body, { "Content-Type": type }), Name)).toMatchObject({ ok: false, status: 422 });
  }
});

test("a form that is too long is refused, with or without a Content-Length", async () => {
  const big = post(new URLSearchParams({ name: "a".repeat(300_000) }));
  expect(await readForm(big, Name)).toMatchObject({ ok: false, status: 413 });
  const { body, taken } = endless();
  expect(await readForm(post(body, { "Content-Type": "application/x-www-form-urlencoded" }), Name)).toMatchObject({ ok: false, status: 413 });
  expect(taken.chunks).toBeLessThan(50);
});
