import type { Id } from "~/kernel/ids";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents, NamedDocument } from "~/platform/pdf/documents.server";
import { invoiceNumber } from "../invoice";
import { findIssued, type IssuedDatabase } from "../issued-invoice.store.server";
import { invoiceDocument } from "./invoice.pdf.server";

type Needs = { db: IssuedDatabase; directory: Directory; files: ScopedFiles; documents: Documents };

/** The PDF of an issued invoice; a voided one gets a new PDF marked void. */
export async function printInvoice(s: Needs, id: Id<"invoice">): Promise<NamedDocument | null> {
  const invoice = await findIssued(s.db, id);
  if (!invoice) return null;
  const kept = await s.documents.kept({ kind: "invoice", id, edition: invoice.state }, async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    return invoiceDocument(invoice, shop, organization);
  });
  return { ...kept, name: `${invoiceNumber(invoice.number)}.pdf` };
}
