import { dayOf, type UtcMs } from "~/kernel/time";
import type { printStatement } from "~/modules/invoices/statements/print-statement.server";
import { periodIn } from "~/modules/invoices/statements/statement";
import { type NamedStatement, readStatement } from "~/modules/invoices/statements/statement.read.server";
import { madeFileAnswer } from "~/platform/http/file.server";
import { refuse } from "~/platform/http/problem.server";

export const TOO_LONG = "This period has too many entries for one statement. Choose a shorter period.";

/** The period named in the URL, in the shop's time zone. */
export const periodOf = (url: URL, now: UtcMs, zone: string) => periodIn(url.searchParams.get("from"), url.searchParams.get("through"), dayOf(now, zone));

/** Reads a statement, or throws the response that explains why there is none. */
export async function statementOrRefusal(...asked: Parameters<typeof readStatement>): Promise<NamedStatement> {
  const found = await readStatement(...asked);
  if (found.ok) return found.value;
  throw refusalOf(found.error.kind);
}

/** Answers with a statement's PDF, or throws the response that explains why there is none. */
export async function statementFile(printed: ReturnType<typeof printStatement>): Promise<Response> {
  const made = await printed;
  if (!made.ok) throw refusalOf(made.error.kind);
  return madeFileAnswer({ ...made.value, mediaType: "application/pdf" });
}

const refusalOf = (kind: "not-found" | "too-long") => (kind === "not-found" ? refuse(404, "Not found") : refuse(409, TOO_LONG));
