import fc from "fast-check";
import { expect, test } from "vitest";
import { disposition, rangeOf } from "./file.server";
import { boundaryOf, formParts, Malformed, textOf } from "./multipart.server";

/** A form as it travels, cut into chunks of the given lengths. */
function streamed(body: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> {
  let [at, next] = [0, 0];
  return new ReadableStream({
    pull(out) {
      if (at >= body.length) return out.close();
      const length = cuts[next++ % cuts.length] ?? 1;
      out.enqueue(body.slice(at, at + length));
      at += length;
    },
  });
}

async function read(body: ReadableStream<Uint8Array>, boundary: string) {
  const seen: [string, string | null, string][] = [];
  for await (const part of formParts(body, boundary)) seen.push([part.name, part.fileName, (await textOf(part, 1_000_000)) ?? "too long"]);
  return seen;
}

test("a form comes out as it went in, however it is cut on its way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
      fc.array(fc.constantFrom("\r\n--", "--", "\r", "\n", "x", "\r\n--b", "é"), { maxLength: 60 }),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
      async (cuts, pieces, fileName) => {
        const content = pieces.join("");
        const form = new FormData();
        form.set("share", "customer");
        form.set("file", new File([content], fileName));
        const sent = new Request("http://test/", { method: "POST", body: form });
        const boundary = boundaryOf(sent) ?? "";
        const expected = (await sent.clone().formData()).get("file") as File;
        expect(await read(streamed(new Uint8Array(await sent.arrayBuffer()), cuts), boundary)).toEqual([
          ["share", null, "customer"],
          ["file", expected.name, content],
        ]);
      },
    ),
    { examples: [[[1], ["x"], "a\u2028b\u2029"]] },
  );
});

const body = (text: string) => streamed(new TextEncoder().encode(text), [7]);
const field = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test("a part that is not read to its end is passed over", async () => {
  const names: string[] = [];
  for await (const part of formParts(body(`${field("a", "x".repeat(500))}${field("b", "y".repeat(500))}${field("c", "z")}--b--`), "b")) {
    names.push(part.name);
    if (part.name === "b") expect(await textOf(part, 10)).toBeNull();
  }
  expect(names).toEqual(["a", "b", "c"]);
});

test.each([
  ["nothing", ""],
  ["a form that breaks off", field("a", "x")],
  ["something before the form", `oops\r\n${field("a", "x")}--b--`],
  ["a part without a name", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--"],
  ["headers without end", `--b\r\n${"x: y\r\n".repeat(4_000)}`],
])("%s is malformed", async (_what, text) => {
  await expect(read(body(text), "b")).rejects.toThrow(Malformed);
});

test("only a form has a boundary", () => {
  const of = (type: string) => boundaryOf(new Request("http://test/", { method: "POST", headers: { "Content-Type": type }, body: "x" }));
  expect(of('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
  expect(of("multipart/form-data; boundary=abc")).toBe("abc");
  expect(of("application/json")).toBeNull();
  expect(of("multipart/form-data")).toBeNull();
});

test("a stretch of a file is what it asks for, within the file", () => {
  expect(["bytes=0-0", "bytes=5-", "bytes=-3", "bytes=8-99", "bytes=-99"].map((range) => rangeOf(range, 10))).toEqual([
    { from: 0, to: 0 },
    { from: 5, to: 9 },
    { from: 7, to: 9 },
    { from: 8, to: 9 },
    { from: 0, to: 9 },
  ]);
  expect(["bytes=10-", "bytes=-0"].map((range) => rangeOf(range, 10))).toEqual(["outside", "outside"]);
  expect([null, "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2"].map((range) => rangeOf(range, 10))).toEqual([null, null, null, null, null]);
});

test("no name of a file breaks out of its header", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
      const header = disposition(false, name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.!~%-]*$/);
      expect(() => new Headers({ "Content-Disposition": header })).not.toThrow();
    }),
  );
});
