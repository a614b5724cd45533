import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents, MadeDocument, NamedDocument } from "~/platform/pdf/documents.server";
import { invoiceNumber } from "../invoice";
import { findIssued, type IssuedDatabase, paidAtIssue } from "../issued-invoice.store.server";
import { payToken } from "../pay-link.server";
import { invoiceDocument } from "./invoice.pdf.server";
import { invoiceAccountDocument } from "./invoice-account.pdf.server";
import { findInvoiceAccount } from "./invoice-account.store.server";

type Needs = { db: IssuedDatabase; directory: Directory; files: ScopedFiles; documents: Documents; settings: Pick<Settings, "linkKey"> };
type Issued = NonNullable<Awaited<ReturnType<typeof findIssued>>>;

/** The PDF of an issued invoice; a voided one gets a new PDF marked void. */
export async function printInvoice(s: Needs, id: Id<"invoice">): Promise<NamedDocument | null> {
  const invoice = await findIssued(s.db, id);
  return invoice && printIssued(s, id, invoice);
}

/** The PDF to pay or file by: the invoice as issued and, once money was applied to it or is on its way, its account as of today on pages of their own. */
export async function printInvoiceCopy(
  s: Needs & { clock: Clock },
  id: Id<"invoice">,
  note: string | null = null,
): Promise<NamedDocument | MadeDocument | null> {
  const invoice = await findIssued(s.db, id);
  if (!invoice) return null;
  const issued = await printIssued(s, id, invoice);
  if (invoice.state !== "issued") return issued;
  const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
  const lines = await findInvoiceAccount(s.db, id, organization.zone);
  if (lines.length === 0 && note === null) return issued;
  const asOf = { today: dayOf(s.clock.now(), organization.zone), sha256: issued.sha256 };
  const account = invoiceAccountDocument(invoice, lines, asOf, shop, organization, note);
  return { name: copyName(invoice.number), content: await s.documents.print(account, await s.documents.read(issued)) };
}

/** The same copy as of a version of the account, for a mail: later payments don't change it, and it is kept. */
export async function printCopyAsOf(
  s: Needs,
  id: Id<"invoice">,
  { edition, accountVersion, at }: { edition: string; accountVersion: number; at: UtcMs },
): Promise<NamedDocument> {
  const found = await findIssued(s.db, id);
  if (!found) throw new Error("money on an invoice that was never issued");
  // It was not void then.
  const invoice = { ...found, state: "issued" as const };
  const issued = await printIssued(s, id, invoice);
  const account = async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    const lines = await findInvoiceAccount(s.db, id, organization.zone, accountVersion);
    return invoiceAccountDocument(invoice, lines, { today: dayOf(at, organization.zone), sha256: issued.sha256 }, shop, organization);
  };
  const kept = await s.documents.kept({ kind: "invoice", id, edition }, account, issued);
  return { ...kept, name: copyName(invoice.number) };
}

const copyName = (number: number): string => `${invoiceNumber(number)} with account.pdf`;

async function printIssued(s: Needs, id: Id<"invoice">, invoice: Issued): Promise<NamedDocument> {
  const kept = await s.documents.kept({ kind: "invoice", id, edition: invoice.state }, async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    return invoiceDocument(invoice, shop, organization, await payAtOf(s, id, invoice, organization.publicOrigin));
  });
  return { ...kept, name: `${invoiceNumber(invoice.number)}.pdf` };
}

/**
 * The pay link on the paper, decided by facts of the issue, as all that is printed: the shop took payments online, and
 * deposits had not paid it. What was paid since is on the page that it leads to.
 */
async function payAtOf({ db, settings }: Needs, id: Id<"invoice">, { contents, total }: Issued, origin: string): Promise<string | null> {
  if (!contents.paysOnline || (await paidAtIssue(db, id)) >= total) return null;
  return origin + paths.pay(payToken(settings.linkKey, { organizationId: db.scope.organizationId, subject: { kind: "invoice", id } }));
}
