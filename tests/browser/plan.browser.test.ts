import { expect, test } from "vitest";
import { developmentSecrets } from "../../local/settings.ts";
import { baseUrl } from "./app.ts";
import { allowErrors, signInByLink, signInByPassword } from "./browser.ts";

const operator = async (command: Record<string, unknown>, key: string = developmentSecrets.OPERATOR_KEY) => {
  const answer = await fetch(`${baseUrl()}/api/operator`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(command),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test("losing the plan closes the portal on a live page and deletes nothing; getting it back opens it again", async () => {
  allowErrors(/status of 403/, /WebSocket/);
  const customer = await signInByLink("trucks@lakeshore.test");
  await customer.getByRole("status").filter({ hasText: "live" }).waitFor();
  expect(await operator({ command: "plan", slug: "ridge", plan: "free" })).toMatchObject({ status: 200, body: { before: "pro-plus", plan: "free" } });
  try {
    await customer
      .getByText(/reconnecting|last update|closed at the moment/)
      .first()
      .waitFor();
    await customer.reload();
    await customer.getByText("This portal of Ridge Truck Care is closed at the moment.").waitFor();
    const owner = await signInByPassword("owner@ridge.test");
    await owner.goto("/customers");
    await owner.getByRole("link", { name: "Lakeshore Produce" }).waitFor();
  } finally {
    await operator({ command: "plan", slug: "ridge", plan: "pro-plus" });
  }
  await customer.reload();
  await customer.getByRole("list", { name: "Units" }).getByText("21", { exact: true }).waitFor();
});

test("the operator's address takes only its key, and names what is wrong with a command", async () => {
  expect((await operator({ command: "organizations" }, "not-the-key")).status).toBe(401);
  expect((await operator({ command: "plan", slug: "nowhere", plan: "pro" })).status).toBe(404);
  const wrong = await operator({ command: "plan", slug: "ridge", plan: "gold" });
  expect(wrong.status).toBe(422);
  expect(wrong.body.error).toContain("plan");
});
