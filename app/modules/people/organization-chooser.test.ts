import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { later, MINUTE, toUtcMs } from "~/kernel/time";
import { chooserAccount, chooserCookie } from "./organization-chooser.server";

const key = "a-key-of-more-than-thirty-two-letters";
const now = toUtcMs(Date.UTC(2030, 2, 1));
const account = newId("account");
const asker = { "User-Agent": "Firefox", "CF-Connecting-IP": "192.0.2.1" };
const asked = new Request("http://test/", { headers: asker });
const requestWith = (cookie: string, from: Record<string, string> = {}) =>
  new Request("http://test/", { headers: { ...asker, ...from, Cookie: `other=1; ${cookie.split(";")[0]}` } });

test("is valid for its account and portal, for five minutes", () => {
  const cookie = chooserCookie(asked, key, "vendor", account, now);
  expect(chooserAccount(requestWith(cookie), key, "vendor", later(now, 5 * MINUTE - 1))).toBe(account);
  expect(chooserAccount(requestWith(cookie), key, "vendor", later(now, 5 * MINUTE))).toBeNull();
  expect(chooserAccount(requestWith(cookie), key, "staff", now)).toBeNull();
  expect(chooserAccount(requestWith(cookie), `${key}!`, "vendor", now)).toBeNull();
  expect(chooserAccount(requestWith(cookie.replace(account, newId("account"))), key, "vendor", now)).toBeNull();
  expect(chooserAccount(new Request("http://test/"), key, "vendor", now)).toBeNull();
});

test("a copy of it opens nothing in another browser or from another network", () => {
  const cookie = chooserCookie(asked, key, "customer", account, now);
  expect(chooserAccount(requestWith(cookie), key, "customer", now)).toBe(account);
  const elsewhere: Record<string, string>[] = [{ "User-Agent": "Chrome" }, { "User-Agent": "" }, { "CF-Connecting-IP": "198.51.100.7" }];
  for (const from of elsewhere) expect(chooserAccount(requestWith(cookie, from), key, "customer", now)).toBeNull();
  // The rest of an IPv6 network is the same place.
  const from = { "CF-Connecting-IP": "2001:db8:1:2::1" };
  const own = chooserCookie(new Request("http://test/", { headers: { ...asker, ...from } }), key, "customer", account, now);
  expect(chooserAccount(requestWith(own, { "CF-Connecting-IP": "2001:db8:1:2:aaaa::9" }), key, "customer", now)).toBe(account);
});
