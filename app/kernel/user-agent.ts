const browsers: readonly [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS/, "macOS"],
  [/Linux/, "Linux"],
];
const first = (names: readonly [RegExp, string][], agent: string) => names.find(([shape]) => shape.test(agent))?.[1];

/** Enough of a browser's long name to know one's own: "Chrome on Android". */
export function browserInWords(agent: string): string {
  const browser = first(browsers, agent) ?? "another program";
  const system = first(systems, agent);
  return system ? `${browser} on ${system}` : browser;
}
