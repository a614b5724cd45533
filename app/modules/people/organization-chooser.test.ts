import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { later, MINUTE, toUtcMs } from "~/kernel/time";
import { chooserAccount, chooserCookie } from "./organization-chooser.server";

const key = "a-key-of-more-than-thirty-two-letters";
const now = toUtcMs(Date.UTC(2030, 2, 1));
const account = newId("account");
const requestWith = (cookie: string) => new Request("http://test/", { headers: { Cookie: `other=1; ${cookie.split(";")[0]}` } });

test("is valid for its account and portal, for five minutes", () => {
  const cookie = chooserCookie(key, "vendor", account, now);
  expect(chooserAccount(requestWith(cookie), key, "vendor", later(now, 5 * MINUTE - 1))).toBe(account);
  expect(chooserAccount(requestWith(cookie), key, "vendor", later(now, 5 * MINUTE))).toBeNull();
  expect(chooserAccount(requestWith(cookie), key, "staff", now)).toBeNull();
  expect(chooserAccount(requestWith(cookie), `${key}!`, "vendor", now)).toBeNull();
  expect(chooserAccount(requestWith(cookie.replace(account, newId("account"))), key, "vendor", now)).toBeNull();
  expect(chooserAccount(new Request("http://test/"), key, "vendor", now)).toBeNull();
});
