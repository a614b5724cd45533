import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { later, MINUTE, toUtcMs } from "~/kernel/time";
import { choiceCookie, chooserIn } from "./organization-chooser.server";

const key = "a-key-of-more-than-thirty-two-letters";
const now = toUtcMs(Date.UTC(2030, 2, 1));
const account = newId("account");
const carrying = (cookie: string) => new Request("http://test/", { headers: { Cookie: `other=1; ${cookie.split(";")[0]}` } });

test("the choice belongs to its account, its face and five minutes", () => {
  const cookie = choiceCookie(key, "vendor", account, now);
  expect(chooserIn(carrying(cookie), key, "vendor", later(now, 5 * MINUTE - 1))).toBe(account);
  expect(chooserIn(carrying(cookie), key, "vendor", later(now, 5 * MINUTE))).toBeNull();
  expect(chooserIn(carrying(cookie), key, "staff", now)).toBeNull();
  expect(chooserIn(carrying(cookie), `${key}!`, "vendor", now)).toBeNull();
  expect(chooserIn(carrying(cookie.replace(account, newId("account"))), key, "vendor", now)).toBeNull();
  expect(chooserIn(new Request("http://test/"), key, "vendor", now)).toBeNull();
});
