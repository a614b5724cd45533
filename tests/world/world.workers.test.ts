import { env, SELF } from "cloudflare:test";
import { expect, test } from "vitest";

test("both databases have their tables, and storage is the runtime's own", async () => {
  const tables = async (db: D1Database) =>
    (await db.prepare("select name from sqlite_master where type = 'table'").all<{ name: string }>()).results.map(({ name }) => name);
  expect(await tables(env.DIRECTORY)).toContain("organizations");
  expect(await tables(env.TENANTS)).toContain("outbox");
  await env.FILES.put("ground/one", "kept");
  expect(await (await env.FILES.get("ground/one"))?.text()).toBe("kept");
});

test("a room is not opened without a session", async () => {
  const answer = await SELF.fetch("http://harbor.localhost/parties/fleet-room/org_1?as=staff", { headers: { Upgrade: "websocket" } });
  expect(answer.status).toBe(401);
});

test("mail can only reach the stand-in, and nothing else answers", async () => {
  const sent = await fetch("http://resend.test/emails", {
    method: "POST",
    headers: { Authorization: "Bearer re_test", "Content-Type": "application/json" },
    body: JSON.stringify({ from: "a@harbor.test", to: "b@harbor.test", subject: "One", text: "Words" }),
  });
  expect(sent.status).toBe(200);
  expect(await (await fetch("http://resend.test/__mailbox?to=b@harbor.test")).json()).toMatchObject([{ to: "b@harbor.test", subject: "One" }]);
  expect((await fetch("https://api.resend.com/emails")).status).toBe(502);
});
