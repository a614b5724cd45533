import { expect, onTestFinished, test } from "vitest";
import { Email, IdempotencyKey, SendEmailRequest, SendEmailResponse } from "../../../tests/world/resend-schema";
import type { Mail } from "./mail";
import { resendClient } from "./resend.client.server";

type Body = Record<string, unknown>;
const account = { apiKey: "re_test", baseUrl: "http://resend.test" };

const mail: Mail = {
  key: "k",
  template: "statement",
  from: `"Shop" <a@harbor.test>`,
  to: "oracle@people.test",
  subject: "One",
  html: "<p>One</p>",
  text: "One",
  attachments: [{ name: "invoice.pdf", content: new TextEncoder().encode("%PDF-1.7 one") }],
};

/** What the adapter asks of the stand-in and what that answers, as they pass. */
async function exchange() {
  const plain = globalThis.fetch;
  const seen: { key: string | null; body: Body; answer: unknown }[] = [];
  onTestFinished(() => {
    globalThis.fetch = plain;
  });
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const [key, body] = [request.headers.get("Idempotency-Key"), await request.clone().json<Body>()];
    const response = await plain(request);
    seen.push({ key, body, answer: await response.clone().json() });
    return response;
  };
  const client = resendClient(account);
  const handed = await client.hand(mail, "org/oracle", { org: "org_1", mail: "tag_1" });
  const [only] = seen;
  if (!only) throw new Error("nothing was asked");
  return { ...only, handed };
}

test("request and answer are as Resend publishes them", async () => {
  const { key, body, answer, handed } = await exchange();
  expect(SendEmailRequest.safeParse(body).error).toBeUndefined();
  expect(Object.keys(body).sort()).toEqual(["attachments", "from", "html", "subject", "tags", "text", "to"]);
  expect(body.attachments).toEqual([{ filename: "invoice.pdf", content: btoa("%PDF-1.7 one") }]);
  expect(IdempotencyKey.parse(key)).toBe("org/oracle");
  const { id } = SendEmailResponse.parse(answer);
  expect(handed).toEqual({ kind: "taken", limit: 500, providerId: id });
});

test("a mail that is asked about is as Resend publishes it", async () => {
  const client = resendClient(account);
  const handed = await client.hand(mail, "org/asked-about");
  if (handed.kind !== "taken") throw new Error("not taken");
  expect(await client.stateOf(handed.providerId)).toEqual({ kind: "found", state: "delivered", limit: 500, retryAfterMs: null });
  expect(await client.stateOf("4ef9a417-02e9-4d39-ad75-9611e0fcc33c")).toMatchObject({ kind: "found", state: null });
  const answer = await fetch(`${account.baseUrl}/emails/${handed.providerId}`, { headers: { Authorization: `Bearer ${account.apiKey}` } });
  const found = await answer.json<Body>();
  expect(Email.safeParse(found).error).toBeUndefined();
  expect(Email.safeParse({ ...found, last_event: "email.delivered" }).success).toBe(false);
});

const first = (list: unknown): Body => (list as Body[])[0] ?? {};
const without = (body: Body, name: string): Body => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
const mutants: [string, (body: Body) => Body][] = [
  ["no sender", (body) => without(body, "from")],
  ["no recipient", (body) => without(body, "to")],
  ["no subject", (body) => without(body, "subject")],
  ["an array for a text", (body) => ({ ...body, subject: [body.subject] })],
  ["no recipients in the list", (body) => ({ ...body, to: [] })],
  ["a field in camel case", (body) => ({ ...body, replyTo: "a@b.test" })],
  ["a number for a text", (body) => ({ ...body, html: 1 })],
  ["tags as a record", (body) => ({ ...body, tags: { org: "org_1" } })],
  ["a tag with a letter that isn't allowed", (body) => ({ ...body, tags: [{ ...first(body.tags), value: "a/b" }] })],
  ["a file under another field", (body) => ({ ...body, attachments: [{ name: "invoice.pdf", content: first(body.attachments).content }] })],
  ["a file's bytes as numbers", (body) => ({ ...body, attachments: [{ ...first(body.attachments), content: [37, 80] }] })],
];

test("each changed request is refused by the description", async () => {
  const { body } = await exchange();
  expect(mutants.filter(([, change]) => SendEmailRequest.safeParse(change(body)).success).map(([name]) => name)).toEqual([]);
  expect(IdempotencyKey.safeParse("k".repeat(257)).success).toBe(false);
  expect(SendEmailResponse.safeParse({ email_id: "x" }).success).toBe(false);
});
