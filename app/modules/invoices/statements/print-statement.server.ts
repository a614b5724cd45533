import type { Id } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents } from "~/platform/pdf/documents.server";
import type { Period } from "./statement";
import { statementDocument } from "./statement.pdf.server";
import { type AccountDatabase, findStatement } from "./statement.store.server";

type Needs = { db: AccountDatabase; directory: Directory; files: ScopedFiles; documents: Documents };

/** A statement's PDF, rendered on each request. */
export async function printStatement(
  s: Needs,
  customerId: Id<"customer"> | null,
  period: Period,
  note: string | null = null,
): Promise<Result<{ name: string; content: Uint8Array }, { kind: "not-found" } | { kind: "too-long" }>> {
  const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
  const found = await findStatement(s.db, customerId, period, organization.zone);
  if (!found.ok) return found;
  const content = await s.documents.print(statementDocument(found.value, shop, organization, note));
  return ok({ name: `Statement ${period.from} to ${period.through}.pdf`, content });
}
