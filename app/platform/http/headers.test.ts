import { expect, test } from "vitest";
import { cookieLine } from "./cookie";
import { pageHeaders, privateByDefault } from "./headers.server";

const policyOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get("Content-Security-Policy") ?? "").split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );

test("a page runs scripts of its own only, is framed nowhere, and is kept by nobody on the way", () => {
  const headers = new Headers();
  pageHeaders(headers, "n0nce", { development: false });
  const policy = policyOf(headers);
  expect(policy).toMatchObject({
    "default-src": "'self'",
    "script-src": "'self' 'nonce-n0nce'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "connect-src": "'self'",
  });
  expect(Object.entries(policy).filter(([, values]) => /unsafe-(inline|eval)|\*|https?:/.test(values))).toEqual([["style-src-attr", "'unsafe-inline'"]]);
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "private, no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  });
});

test("what is no page is not sniffed and not cached either, unless it names that itself", () => {
  expect(Object.fromEntries(privateByDefault(new Response("{}")).headers)).toMatchObject({
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
  });
  const own = { "Cache-Control": "public, max-age=60" };
  expect(privateByDefault(new Response("", { headers: own })).headers.get("Cache-Control")).toBe("public, max-age=60");
});

test("a cookie is for this host over HTTPS alone, out of reach of scripts and of other sites' forms", () => {
  expect(cookieLine("__Host-staff", "token", 60)).toBe("__Host-staff=token; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60");
});
