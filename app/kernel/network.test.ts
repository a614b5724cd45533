import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "./network";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["unknown", "unknown"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("whatever the second half of an address is, it is one place; another first half is another", () => {
  const half = fc
    .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 4, maxLength: 4 })
    .map((groups) => groups.map((group) => group.toString(16)).join(":"));
  fc.assert(
    fc.property(half, half, half, (first, one, other) => {
      expect(networkOf(`${first}:${one}`)).toBe(networkOf(`${first}:${other}`));
      if (first !== one) expect(networkOf(`${first}:${other}`)).not.toBe(networkOf(`${one}:${other}`));
    }),
  );
});
