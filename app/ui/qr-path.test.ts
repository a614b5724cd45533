import { encode } from "uqr";
import { expect, test } from "vitest";
import { qrPath } from "./qr-path";

test("the bars cover exactly the dark modules of the code", () => {
  for (const text of ["https://shop.test/pay/abc", "x".repeat(110)]) {
    const { data, size } = encode(text, { border: 4, ecc: "M" });
    const { path, ...drawn } = qrPath(text);
    expect(drawn).toEqual({ size });
    const filled = data.map((row) => row.map(() => false));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      const row = filled[Number(y)] ?? expect.fail("outside of the code");
      for (let at = Number(x); at < Number(x) + Number(width); at++) row[at] = true;
    }
    expect(filled).toEqual(data);
    expect(data.slice(0, 4).flat()).not.toContain(true);
  }
});
