import { vapidHeaders } from "@block65/webcrypto-web-push";
import { expect, test } from "vitest";
import { developmentSecrets } from "../../settings.ts";
import { vapidProblem } from "./vapid.ts";

const keys = { publicKey: developmentSecrets.VAPID_PUBLIC_KEY, privateKey: developmentSecrets.VAPID_PRIVATE_KEY, subject: developmentSecrets.VAPID_SUBJECT };
const wanted = { origin: "https://push.test", key: keys.publicKey, now: Date.now() };
const HOUR = 3_600_000;

async function signed(endpoint = "https://push.test/1", subject = keys.subject): Promise<string> {
  const subscription = { endpoint, expirationTime: null, keys: { p256dh: "", auth: "" } };
  const { headers } = await vapidHeaders(subscription, { ...keys, subject });
  return headers.authorization;
}

test("what the app signs is taken by the push service that it is for, within a day", async () => {
  expect(await vapidProblem(await signed(), wanted)).toBeNull();
});

test("nothing else is: no token, another's, a changed one, for another service, over, or valid for longer than a day", async () => {
  const token = await signed();
  const [head = "", claims = "", signature = ""] = token.split(".");
  const other = (at: number) => `${signature.slice(0, at)}${signature[at] === "A" ? "B" : "A"}${signature.slice(at + 1)}`;
  const problems = await Promise.all([
    vapidProblem(null, wanted),
    vapidProblem("WebPush abc", wanted),
    vapidProblem(token, { ...wanted, key: "B-of-another" }),
    vapidProblem(`${head}.${claims}.${other(5)}`, wanted),
    vapidProblem(await signed("https://elsewhere.test/1"), wanted),
    vapidProblem(token, { ...wanted, now: wanted.now + 13 * HOUR }),
    vapidProblem(token, { ...wanted, now: wanted.now - 13 * HOUR }),
    vapidProblem(await signed(undefined, "nobody"), wanted),
  ]);
  expect(problems.map((problem) => problem?.status)).toEqual([401, 401, 403, 403, 403, 403, 403, 403]);
});
