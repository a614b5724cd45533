/**
 * The place that an address is counted as: an IPv6 line has a /64 of its own, any of whose addresses its owner may
 * use, so the first half is what names it. IPv4 counts whole, also where it is written as IPv6.
 */
export function networkOf(address: string): string {
  const text = address.toLowerCase().split("%")[0] ?? "";
  if (!text.includes(":")) return address;
  const mapped = /^(?:::|(?:0{1,4}:){5})ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)?.[1];
  if (mapped) return mapped;
  const [before = "", after] = text.split("::");
  const groups = before === "" ? [] : before.split(":");
  const rest = after === undefined || after === "" ? 0 : after.split(":").reduce((count, group) => count + (group.includes(".") ? 2 : 1), 0);
  const missing = after === undefined ? 0 : Math.max(0, 8 - groups.length - rest);
  const whole = [...groups, ...Array.from({ length: missing }, () => "0"), ...(after ? after.split(":") : [])];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
