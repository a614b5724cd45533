/** The typefaces of documents, by file in public/typefaces (gzipped TrueType; scripts/make-fonts.mjs writes them). */
const files = {
  plain: "barlow",
  strong: "barlow-semibold",
  title: "barlow-condensed",
  /** For characters that Barlow lacks: Greek, Cyrillic. */
  other: "dejavu",
} as const;
export type Typeface = keyof typeof files;
export type ReadTypeface = (name: Typeface) => Promise<Uint8Array>;

/** Where static files are read: the Worker's own assets. */
export type Assets = { fetch(request: string): Promise<Response> };

const unpacked = new Map<Typeface, Promise<Uint8Array>>();

/** Reads each typeface when a document first needs it and keeps it as long as the isolate lives. */
export const typefacesFrom =
  (assets: Assets): ReadTypeface =>
  (name) => {
    const known = unpacked.get(name) ?? unpack(assets, name);
    unpacked.set(name, known);
    known.catch(() => unpacked.delete(name));
    return known;
  };

async function unpack(assets: Assets, name: Typeface): Promise<Uint8Array> {
  // Only the path counts: the binding answers for any host.
  const file = await assets.fetch(`https://assets.internal/typefaces/${files[name]}.ttf.gz`);
  if (!file.ok || !file.body) throw new Error(`the typeface ${files[name]} could not be read: ${file.status}`);
  return new Uint8Array(await new Response(file.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}
