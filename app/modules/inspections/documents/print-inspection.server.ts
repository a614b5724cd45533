import type { Id } from "~/kernel/ids";
import { dayOf } from "~/kernel/time";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents, MadeDocument } from "~/platform/pdf/documents.server";
import { findInspection } from "../inspection.store.server";
import { inspectionDocument } from "./inspection.pdf.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; directory: Directory; files: ScopedFiles; documents: Documents };

/** A report's PDF, with the certifications and reviews of the moment, so it is kept nowhere. */
export async function printInspection(s: Needs, id: Id<"inspection">): Promise<MadeDocument | null> {
  const report = await findInspection(s.db, id);
  if (!report) return null;
  const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
  const content = await s.documents.print(inspectionDocument(report, shop, organization));
  return { name: `Inspection ${report.unitNumber} ${dayOf(report.signedAt, organization.zone)}.pdf`, content };
}
