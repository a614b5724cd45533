/** Each record kind and the prefix that its ids carry. */
export const prefixes = {
  account: "acc",
  asset: "ast",
  attachment: "att",
  contact: "cnt",
  customer: "cus",
  device: "dev",
  driver: "drv",
  key: "key",
  link: "lnk",
  membership: "mem",
  organization: "org",
  session: "ses",
  pushDevice: "psh",
  tablet: "tab",
  vendor: "ven",
  workOrder: "wo",
  job: "job",
  option: "opt",
  line: "lin",
  laborEntry: "lab",
  coreReturn: "cor",
  cannedJob: "can",
  meter: "mtr",
  maintenanceTemplate: "mtp",
  schedule: "sch",
  scheduleRecord: "scr",
  calendarFeed: "cal",
  invoice: "inv",
  paymentIntent: "pay",
  refund: "rfd",
  entry: "ent",
  estimate: "est",
  statement: "stm",
  event: "evt",
  message: "msg",
  vendorJob: "vj",
  submission: "sub",
  inspection: "ins",
  defect: "def",
  roadside: "rsd",
} as const;

export type RecordKind = keyof typeof prefixes;
declare const kind: unique symbol;
/** A record's id: `<prefix>_` and 26 Crockford characters; the brand keeps kinds apart. */
export type Id<K extends RecordKind> = string & { readonly [kind]: K };

/** Crockford's, in which all ids are written. */
export const ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** A new id: 48 bits of time, 80 of randomness, so ids sort by creation. Phone and server share this. */
export function newId<K extends RecordKind>(of: K, at: number = Date.now()): Id<K> {
  let time = "";
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = ID_ALPHABET[rest % 32] + time;
  let random = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) random += ID_ALPHABET[byte % 32];
  return `${prefixes[of]}_${time}${random}` as Id<K>;
}

/** Reads an id from outside; null means that no such record can exist. Its time part is never trusted. */
export function parseId<K extends RecordKind>(of: K, text: string | null | undefined): Id<K> | null {
  const prefix = `${prefixes[of]}_`;
  return text?.startsWith(prefix) && ID_PATTERN.test(text.slice(prefix.length)) ? (text as Id<K>) : null;
}
