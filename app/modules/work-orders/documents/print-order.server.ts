import type { Id } from "~/kernel/ids";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents, NamedDocument } from "~/platform/pdf/documents.server";
import { orderSummaryDocument } from "./order-summary.pdf.server";
import { findFinished } from "./order-summary.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; directory: Directory; files: ScopedFiles; documents: Documents };

/** The work summary PDF. An order that was reopened and completed again gets a new one. */
export async function printOrderSummary(s: Needs, id: Id<"workOrder">): Promise<NamedDocument | null> {
  const order = await findFinished(s.db, id);
  if (!order) return null;
  const kept = await s.documents.kept({ kind: "work-order", id, edition: `completed ${order.completedAt}` }, async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    return orderSummaryDocument(order, shop, organization);
  });
  return { ...kept, name: `WO-${order.number} summary.pdf` };
}
