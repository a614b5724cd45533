import { ID_ALPHABET, type Id, prefixes, type RecordKind } from "~/kernel/ids";
import { hmac } from "./crypto.server";

const [LENGTH, TIME] = [26, 10];

/**
 * The id of what is made from this text: always the same under a key, so that it is made once however often it is asked
 * for. `beside` is an id whose time it takes over, for records that are sorted by it.
 */
export function derivedId<K extends RecordKind>(of: K, { key, text, beside }: { key: string; text: string; beside?: Id<K> }): Id<K> {
  const start = `${prefixes[of]}_`;
  const time = beside?.slice(start.length, start.length + TIME) ?? "";
  const digest = hmac(key, text).subarray(0, LENGTH - time.length);
  return `${start}${time}${[...digest].map((byte) => ID_ALPHABET[byte % 32]).join("")}` as Id<K>; // 26 characters of the ids' alphabet
}
