import { err, ok, type Result } from "./result";

/** A few lines on documents, such as a postal address, have to fit beside others. */
const MOST_LINES = 6;
const MOST_CHARACTERS = 300;

/** Reads a pasted block of lines: each trimmed, empty ones left out; null if nothing is left. */
export function readTextBlock(typed: string): Result<string | null, string> {
  const lines = linesOf(typed);
  const text = lines.join("\n");
  if (lines.length > MOST_LINES) return err(`Use at most ${MOST_LINES} lines.`);
  if (text.length > MOST_CHARACTERS) return err(`Use at most ${MOST_CHARACTERS} characters.`);
  return ok(text || null);
}

/** The lines of a block; none if it is empty. */
export const linesOf = (text: string | null): string[] =>
  (text ?? "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean);
