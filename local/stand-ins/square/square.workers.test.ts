import { expect, test } from "vitest";
import { verifySquareSignature } from "~/modules/payments/square/square-signature.server";
import { announced, atSquare, newMerchant, squareApplication, squareUrl } from "../../../tests/world/square";
import { developmentSecrets } from "../../settings";

const authorize = (more: Record<string, string> = {}) =>
  `${squareUrl}/oauth2/authorize?${new URLSearchParams({ client_id: squareApplication.applicationId, scope: "PAYMENTS_READ ORDERS_READ", state: "s1", ...more })}`;
const decide = (form: Record<string, string>) => fetch(authorize(), { method: "POST", body: new URLSearchParams(form), redirect: "manual" });

test("the seller's page asks, and sends them back with a code or a refusal", async () => {
  const { id } = await newMerchant("USD");
  const shown = await (await fetch(authorize())).text();
  expect(shown).toContain("PAYMENTS_READ");
  expect(shown).toContain(`Shop ${id}`);
  const yes = new URL((await decide({ decision: "allow", merchant: id })).headers.get("Location") ?? "");
  expect([yes.pathname, yes.searchParams.get("state"), yes.searchParams.get("code")]).toEqual([
    "/square/callback",
    "s1",
    expect.stringMatching(/^sandbox-sq0cgb-/),
  ]);
  const no = new URL((await decide({ decision: "deny", merchant: id })).headers.get("Location") ?? "");
  expect([no.searchParams.get("error"), no.searchParams.get("code")]).toEqual(["access_denied", null]);
});

test("an application or a scope that Square does not know is refused", async () => {
  expect((await fetch(authorize({ client_id: "other" }))).status).toBe(400);
  expect((await fetch(authorize({ scope: "EVERYTHING" }))).status).toBe(400);
});

test("webhooks are signed over the address in the dashboard", async () => {
  const { id, location } = await newMerchant("USD");
  await atSquare({ do: "counter-sale", merchant: id, location, amount: 500 });
  const [first] = await announced(id);
  if (!first) throw new Error("nothing was announced");
  const signature = first.headers["x-square-hmacsha256-signature"] ?? null;
  expect(verifySquareSignature(developmentSecrets.SQUARE_WEBHOOK_KEY, "http://app.test/webhooks/square", first.body, signature)).toBe(true);
  expect(verifySquareSignature(developmentSecrets.SQUARE_WEBHOOK_KEY, "http://app.test/webhooks/square", `${first.body} `, signature)).toBe(false);
  expect(JSON.parse(first.body)).toMatchObject({
    merchant_id: id,
    type: "payment.created",
    data: { object: { payment: { application_details: { square_product: "SQUARE_POS" } } } },
  });
});
