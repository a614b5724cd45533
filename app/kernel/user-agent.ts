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
const first = (names: readonly [RegExp, string][], userAgent: string) => names.find(([pattern]) => pattern.test(userAgent))?.[1];

/** Enough of a browser's long name to know one's own: "Chrome on Android". */
export function describeBrowser(userAgent: string): string {
  const browser = first(browsers, userAgent) ?? "another program";
  const system = first(systems, userAgent);
  return system ? `${browser} on ${system}` : browser;
}
