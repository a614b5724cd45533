import jsQr from "jsqr";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { unitOfCode } from "./scanned-unit";

const unit = { id: newId("asset"), unitNumber: "T-9" };
const units = [{ id: newId("asset"), unitNumber: "101" }, unit];

test.each([
  ["the address on a label", `https://shop.test${paths.staff.asset(unit.id)}`, true],
  ["an address below the unit's", `https://shop.test${paths.staff.assetLabel(unit.id)}?from=label`, true],
  ["the bare number, written otherwise", " t 9 ", true],
  ["the label of another company's unit", `https://shop.test${paths.staff.asset(newId("asset"))}`, false],
  ["something else", "https://shop.test/menu", false],
  ["nothing", "", false],
])("%s: %s", (_, code, isFound) => {
  expect(unitOfCode(code, units)).toBe(isFound ? unit : null);
});

test("what is printed on a label is what the app's reader reads from its picture", () => {
  const text = `https://shop.baytrack.test${paths.staff.asset(unit.id)}`;
  const { data, size } = encode(text, { border: 4, ecc: "M" });
  const [scale, side] = [4, size * 4];
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const value = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 0 : 255;
      pixels.set([value, value, value, 255], (y * side + x) * 4);
    }
  expect(unitOfCode(jsQr(pixels, side, side)?.data ?? "", units)).toBe(unit);
});
