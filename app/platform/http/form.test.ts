import { afterEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { dearForms } from "./form.fixtures";
import { MAX_FIELD, MAX_FIELDS, MAX_PASSWORD_FIELD, PUBLIC_FORM_BYTES, readForm } from "./form.server";

afterEach(() => vi.restoreAllMocks());

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
  expect(await readForm(post(new URLSearchParams({ name: "Joan" })), Name)).toEqual({
    ok: true,
    form: { name: "Joan" },
    typed: { name: "Joan" },
  });
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
    typed: { name: "enilhtron", message: "Brakes\nand lights" },
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

test("no form makes the server put more than a few marks in order, whatever it is made of", async () => {
  const normalized: string[] = [];
  const normalize = String.prototype.normalize;
  vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form) {
    normalized.push(this);
    return normalize.call(this, form);
  });
  for (const bytes of [PUBLIC_FORM_BYTES, 256 * 1024])
    for (const { body, type } of dearForms(bytes)) {
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(bytes);
      await readForm(post(body, { "Content-Type": type }), z.record(z.string(), z.string()));
    }
  expect(normalized.length).toBeGreaterThan(0);
  for (const text of normalized) expect([text.length <= MAX_FIELD, /\p{M}{31}/u.test(text)]).toEqual([true, false]);
});

test("a field that is too long is marked, the others come back, and a schema's own limit speaks for itself", async () => {
  const long = (name: string, length: number) => ({ name: "Joan", [name]: "x".repeat(length) });
  const any = z.object({ name: z.string(), note: z.string().max(40, "At most 40 characters.").optional(), password: z.string().optional() });
  expect(await readForm(post(new URLSearchParams(long("note", MAX_FIELD + 1))), any)).toEqual({
    ok: false,
    status: 422,
    problem: { message: "Fix the highlighted fields.", fields: { note: "At most 16,000 characters fit here." }, values: { name: "Joan" } },
  });
  expect(await readForm(post(new URLSearchParams(long("note", MAX_FIELD))), any)).toMatchObject({ problem: { fields: { note: "At most 40 characters." } } });
  expect(await readForm(post(new URLSearchParams(long("password", MAX_PASSWORD_FIELD + 1))), any)).toMatchObject({
    status: 422,
    problem: { fields: { password: "At most 1,000 characters fit here." } },
  });
  expect(await readForm(post(new URLSearchParams(long("password", MAX_PASSWORD_FIELD))), any)).toMatchObject({ ok: true });
});

test("a form has so many fields at most, and one for anybody is short", async () => {
  const any = z.record(z.string(), z.string());
  const fields = (many: number) => Array.from({ length: many }, (_, at) => [`f${at}`, ""]);
  expect(await readForm(post(new URLSearchParams(fields(MAX_FIELDS))), any)).toMatchObject({ ok: true });
  expect(await readForm(post(new URLSearchParams(fields(MAX_FIELDS + 2))), any)).toMatchObject({ ok: false, status: 413 });
  const parts = new FormData();
  for (const [name, value] of fields(MAX_FIELDS + 2)) parts.set(name ?? "", value ?? "");
  expect(await readForm(post(parts), any)).toMatchObject({ ok: false, status: 413 });
  expect(await readForm(post(new URLSearchParams({ name: "a".repeat(PUBLIC_FORM_BYTES) })), any, PUBLIC_FORM_BYTES)).toMatchObject({ ok: false, status: 413 });
});

test("a field of one line takes no line end, one of several lines does, and one at its end is nothing", async () => {
  const any = z.record(z.string(), z.string());
  for (const end of ["\n", "\r\n", "\u2028"])
    expect(await readForm(post(new URLSearchParams({ signed: `Joan${end}Bcc: all@test`, note: `Brakes${end}squeal` })), any)).toMatchObject({
      ok: false,
      status: 422,
      problem: { fields: { signed: "Keep it on one line." }, values: { note: "Brakes\nsqueal" } },
    });
  expect(await readForm(post(new URLSearchParams({ signed: "Joan\n", note: "a\nb", "line-0-text": "Hose" })), any)).toMatchObject({ ok: true });
});
