import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { shopRules } from "~/modules/organizations/organization.tables";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { InvoiceContents } from "../invoice";
import { coreReturns, ledgerEntries } from "../invoice.tables";
import { coresIn, coresOf } from "./core";

/** Far above the returns of any real invoice. */
const MOST_RETURNS = 1_000;

type CoreDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;

/** The cores of an invoice this reader may see, each taxed at the rates of its order, with their returns. */
export async function findCores(
  db: CoreDatabase,
  { id, customerId, contents }: { id: Id<"invoice">; customerId: Id<"customer">; contents: InvoiceContents | null },
) {
  if (contents === null || coresIn(contents) === 0) return { cores: [], returns: [] };
  const { id: returnId, lineId, outcome, quantity, credited, creditNote, why, at, actor } = coreReturns;
  const versions = [...new Set(contents.groups.map(({ rulesVersion }) => rulesVersion))];
  const [rules, rows] = await db.queries(
    {
      from: shopRules,
      columns: { version: shopRules.version, rules: shopRules.rules },
      where: inArray(shopRules.version, versions),
      limit: versions.length,
    },
    {
      from: coreReturns,
      columns: {
        id: returnId,
        lineId,
        outcome,
        quantity,
        credited,
        creditNote,
        why,
        at,
        actor,
        undone: sql<number>`case when ${ledgerEntries.id} is null then 0 else 1 end`,
      },
      leftJoin: [
        [ledgerEntries, sql`${ledgerEntries.customerId} = ${customerId} and ${ledgerEntries.sourceId} = ${creditNote} and ${ledgerEntries.kind} = 'reversal'`],
      ],
      where: eq(coreReturns.invoiceId, id),
      orderBy: [asc(at), asc(returnId)],
      limit: MOST_RETURNS + 1,
    },
  );
  if (rows.length > MOST_RETURNS) throw new Error(`too many core returns on ${id}`);
  const taxesAt = (version: number) => (rules.find((one) => one.version === version)?.rules ?? firstRules).tax;
  return { cores: coresOf(contents, taxesAt), returns: rows.map(({ undone, ...row }) => ({ ...row, undone: undone === 1 })) };
}
