import { err, ok, type Result } from "~/kernel/result";

export const MIN_PASSWORD = 10;
/** Longer than anyone types, short enough to hash quickly. */
export const MAX_PASSWORD = 200;

export type PasswordRefusal = { kind: "short" } | { kind: "long" } | { kind: "common" };
export const passwordRefusalMessages: Record<PasswordRefusal["kind"], string> = {
  short: `Use at least ${MIN_PASSWORD} characters. A short sentence is strong and easy to remember.`,
  long: `Use at most ${MAX_PASSWORD} characters.`,
  common: "This password is too common. Choose another one.",
};

/** Words and sequences that attackers try first. Length covers the rest, so there are no other rules. */
const COMMON = [
  "password",
  "passwort",
  "qwerty",
  "qwertyuiop",
  "asdfgh",
  "letmein",
  "welcome",
  "iloveyou",
  "admin",
  "administrator",
  "baytrack",
  "diesel",
  "trucker",
  "football",
  "baseball",
  "sunshine",
  "princess",
  "superman",
  "monkey",
  "dragon",
  "master",
  "shadow",
  "michael",
  "changeme",
  "secret",
  "abc",
  "test",
  "login",
  "default",
];

/** Checks the length, and that it isn't a common password once digits and punctuation are stripped. */
export function checkPassword(password: string): Result<string, PasswordRefusal> {
  const length = [...password].length;
  if (length < MIN_PASSWORD) return err({ kind: "short" });
  if (length > MAX_PASSWORD) return err({ kind: "long" });
  const word = password.toLowerCase().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const letters = word
    .replaceAll("0", "o")
    .replaceAll("1", "i")
    .replaceAll("3", "e")
    .replaceAll("@", "a")
    .replaceAll("$", "s")
    .replace(/[^\p{L}]/gu, "");
  const base = smallestRepeat(letters);
  const distinct = new Set(password.toLowerCase()).size;
  return distinct < 4 || isRun(password) || letters === "" ? err({ kind: "common" }) : COMMON.includes(base) ? err({ kind: "common" }) : ok(password);
}

/** "abcabc" is "abc" twice. */
function smallestRepeat(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) {
    const part = text.slice(0, size);
    if (text.length % size === 0 && part.repeat(text.length / size) === text) return part;
  }
  return text;
}

/** Characters that only count up or down: 1234567890, zyxwvutsrq. */
function isRun(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  return [1, -1].some((step) => codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step || (code === 48 && codes[at - 1] === 57)));
}
