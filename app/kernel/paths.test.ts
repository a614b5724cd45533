import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath, pageOf } from "./paths";

test.each(["/", "/board", "/?asset=ast_1", "/portal/sign-in/abc?next=%2F#top", "/a//b"])("%s is ours", (path) =>
  expect(localPath(path, "/fallback")).toBe(path),
);

test.each([
  "",
  null,
  undefined,
  "board",
  "//evil.test",
  "///evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/board\\..\\evil",
  "https://evil.test/",
  "javascript:alert(1)",
  "//evil.test\\@ours",
  " /board",
  "/ board",
  "/board\r\nset-cookie: a=b",
  "/\t/evil.test",
  "/\u0000",
  "/board\n",
  "/caf\u00e9",
])("%j is not", (candidate) => expect(localPath(candidate, "/fallback")).toBe("/fallback"));

test("whatever is answered stays on this site and fits in a header", () => {
  const piece = fc.oneof(fc.constantFrom("/", "\\", "//", "..", "@", ":", "?", "#", "%2f", "evil.test", "\t", "\n", "https:"), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = localPath(pieces.join(""), "/");
      expect(new URL(path, "https://harbor.test").origin).toBe("https://harbor.test");
      expect(new Headers({ location: path }).get("location")).toBe(path);
    }),
    { numRuns: 2_000 },
  );
});

test("a page asked for at sign-in is one of that portal's own, or none", () => {
  for (const own of ["/portal", "/portal/estimates/est_1", "/portal?unit=1"]) expect(pageOf("customer", own)).toBe(own);
  for (const other of [
    "/",
    "/settings",
    "/portals",
    "/driver-portal",
    "https://evil.test/portal",
    "//evil.test/portal",
    "/\\\\evil.test",
    "",
    null,
    `/portal/${"x".repeat(400)}`,
  ])
    expect(pageOf("customer", other)).toBeNull();
});
