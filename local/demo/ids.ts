import { type Id, parseId, prefixes, type RecordKind } from "~/kernel/ids";

/** Demo records keep their ids from seed to seed, so that a bookmark and a screenshot stay true. */
export function demoId<K extends RecordKind>(kind: K, name: string): Id<K> {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  let [a, b] = [0x811c9dc5, 0x01000193];
  let text = "";
  for (let at = 0; at < 26; at++) {
    for (const char of `${name}${at}`) {
      a = Math.imul(a ^ char.charCodeAt(0), 0x01000193) >>> 0;
      b = Math.imul(b + a, 0x85ebca6b) >>> 0;
    }
    text += alphabet[(b >>> 13) % 32];
  }
  const id = parseId(kind, `${prefixes[kind]}_${text}`);
  if (!id) throw new Error(`no id for ${name}`);
  return id;
}
