import fs from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "./source-files";

const server = sourceFiles(".", ["app", "workers", "party"]).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.fixtures\.ts$/.test(file));
const whereIs = (pattern: RegExp, files: readonly string[] = server): string[] => files.filter((file) => pattern.test(fs.readFileSync(file, "utf8"))).sort();

test("every cookie is written by cookieLine, which gives all of them the same attributes", () => {
  expect(whereIs(/HttpOnly|SameSite/i)).toEqual(["app/platform/http/cookie.ts"]);
  expect(whereIs(/document\.cookie/)).toEqual([]);
  // What sets one takes the line from a function, and never writes the line itself.
  expect(whereIs(/"Set-Cookie",? ?:?\s*[`"]/)).toEqual([]);
});

test("the server opens no address that somebody typed", () => {
  const ofBrowsers = /^app\/ui\/|^app\/routes\/staff\/shell\.tsx$|^app\/routes\/driver\/app\/phone\//;
  const opening = whereIs(
    /(?<![\w.])fetch\((?!request|arg)/,
    server.filter((file) => !ofBrowsers.test(file) && !/\basync fetch\(/.test(fs.readFileSync(file, "utf8"))),
  );
  // The mailbox of development, whose address is a setting; and the push services of browsers, which are a list of hosts (push-address.test.ts).
  expect(opening).toEqual(["app/modules/notifications/push/push.client.server.ts", "app/platform/http/mailbox.server.ts"]);
  // Providers are reached through their own client, at an address of the settings.
  expect(server.filter((file) => /\.client\.server\.ts$/.test(file))).toEqual([
    "app/modules/notifications/resend.client.server.ts",
    "app/modules/notifications/push/push.client.server.ts",
    "app/modules/payments/square/square.client.server.ts",
  ]);
  expect(whereIs(/import\("square"\)/)).toEqual(["app/modules/payments/square/square.client.server.ts"]);
  expect(whereIs(/new Resend\(/)).toEqual(["app/modules/notifications/resend.client.server.ts"]);
  expect(
    whereIs(
      /XMLHttpRequest|node:https?|node:net|cloudflare:sockets/,
      server.filter((file) => !ofBrowsers.test(file)),
    ),
  ).toEqual([]);
});

test("each of the thirty controls names a test that exists", () => {
  const section = /## Controls\n([\s\S]*?)\n## /.exec(fs.readFileSync("docs/security.md", "utf8"))?.[1] ?? "";
  const rows = [...section.matchAll(/^\| (\d+) \|(.*)$/gm)].map(([, number, rest = ""]) => ({
    number: Number(number),
    tests: [...rest.matchAll(/`([\w./-]+\.test\.tsx?)`/g)].map(([, file = ""]) => file),
  }));
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([]);
  expect(rows.flatMap(({ tests }) => tests).filter((file) => !fs.existsSync(file))).toEqual([]);
});
