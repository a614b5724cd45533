import { type Email, parseEmail } from "~/modules/people/email";

/** Each driver who is added gets a PIN, which takes its time to be made. */
export const MOST_PASTED = 50;

export type PastedDriver = { name: string; email: Email | null; phone: string | null };
/** One line of the list: `at` counts as a text editor does. */
export type PastedLine = { at: number; text: string } & ({ driver: PastedDriver } | { problem: string });

const SEPARATORS = ["\t", ";", ","] as const;
const TITLES = /^(driver|driver name|name|full name|e-?mail|e-?mail address|phone|phone number|mobile|cell)$/i;
const PHONE = /^\+?[\d\s().\-/]+(\s*(x|ext\.?)\s*\d{1,6})?$/i;
const MOST = { name: 80, phone: 40 };

/** Reads a list of drivers, one a line: a name with an email, a phone or both, in any order, as spreadsheets copy and save them. */
export function readPastedDrivers(text: string): PastedLine[] {
  const first = new Map<string, number>();
  let good = 0;
  return text.split("\n").flatMap((line, index): PastedLine[] => {
    const cells = cellsOf(line);
    if (cells.length === 0 || cells.every((cell) => TITLES.test(cell))) return [];
    const at = index + 1;
    const kept = { at, text: line.trim() };
    const driver = driverOf(cells);
    if (typeof driver === "string") return [{ ...kept, problem: driver }];
    const keys = keysOf(driver);
    const twin = keys.map((key) => first.get(key)).find((earlier) => earlier !== undefined);
    if (twin !== undefined) return [{ ...kept, problem: `The same driver as line ${twin}.` }];
    for (const key of keys) first.set(key, at);
    good += 1;
    return [good > MOST_PASTED ? { ...kept, problem: `At most ${MOST_PASTED} drivers at once. Add this one next.` } : { ...kept, driver }];
  });
}

/** What makes two lines the same driver: an address, or a name with a phone. */
export function keysOf({ name, email, phone }: { name: string; email: string | null; phone: string | null }): string[] {
  const digits = phone?.replaceAll(/\D/g, "").slice(-10);
  return [...(email === null ? [] : [email]), ...(digits ? [`${name.toLowerCase()} ${digits}`] : [])];
}

function driverOf(cells: readonly string[]): PastedDriver | string {
  const emails = cells.filter((cell) => cell.includes("@"));
  const phones = cells.filter((cell) => isPhone(cell));
  const names = cells.filter((cell) => !cell.includes("@") && !isPhone(cell));
  const [name, ...otherNames] = names;
  if (name === undefined) return "The name is missing.";
  if (otherNames.length > 0) return `Only one of these can be the name: ${names.map((one) => `“${one}”`).join(", ")}.`;
  if (emails.length > 1 || phones.length > 1) return "Give one email and one phone at most.";
  if (name.length > MOST.name) return `Use at most ${MOST.name} characters for the name.`;
  const [typed, phone = null] = [emails[0], phones[0]];
  if (typed === undefined && phone === null) return "Add an email or a phone number.";
  if (phone !== null && phone.length > MOST.phone) return `Use at most ${MOST.phone} characters for the phone number.`;
  const email = typed === undefined ? null : parseEmail(typed);
  if (typed !== undefined && email === null) return `“${typed}” isn't an email address.`;
  return { name, email, phone };
}

const isPhone = (cell: string): boolean => PHONE.test(cell) && cell.replaceAll(/\D/g, "").length >= 7;

/** The cells of a line that have something in them; quotes as spreadsheets write them. */
function cellsOf(line: string): string[] {
  const separator = SEPARATORS.find((one) => line.includes(one)) ?? ",";
  const cells = line.matchAll(new RegExp(`\\s*"((?:[^"]|"")*)"[^${separator}]*|([^${separator}]+)`, "g"));
  return [...cells].map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? "").replace(/\s+/g, " ").trim()).filter((cell) => cell !== "");
}
