/** The typefaces of papers. Each is unpacked when a paper first needs it, and kept as long as the isolate lives. */
const sources = {
  plain: () => import("./fonts/barlow"),
  strong: () => import("./fonts/barlow-semibold"),
  title: () => import("./fonts/barlow-condensed"),
  /** For letters that Barlow lacks: Greek, Cyrillic. */
  other: () => import("./fonts/dejavu"),
};
export type Typeface = keyof typeof sources;

const unpacked = new Map<Typeface, Promise<Uint8Array>>();

export function typeface(name: Typeface): Promise<Uint8Array> {
  const known = unpacked.get(name) ?? unpack(name);
  unpacked.set(name, known);
  return known;
}

async function unpack(name: Typeface): Promise<Uint8Array> {
  const { packed } = await sources[name]();
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
