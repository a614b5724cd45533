import type { Id } from "~/kernel/ids";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents, NamedDocument } from "~/platform/pdf/documents.server";
import { latestSent } from "../estimate";
import { type EstimateDatabase, estimateStore } from "../estimate.store.server";
import { estimateNumber } from "../format";
import { estimateDocument } from "./estimate.pdf.server";

type Needs = { db: EstimateDatabase; directory: Directory; files: ScopedFiles; documents: Documents };

/** The PDF of a sent revision, by default the newest. Each state of a revision is rendered once and stored. */
export async function printEstimate(s: Needs, id: Id<"estimate">, wanted: number | null): Promise<NamedDocument | null> {
  const store = estimateStore(s.db);
  const estimate = await store.find(id);
  const it = estimate && (wanted === null ? latestSent(estimate) : await store.findRevision(id, wanted));
  if (!estimate || !it?.offer) return null;
  const { revision, state, offer, decision } = it;
  const kept = await s.documents.kept({ kind: "estimate", id, edition: `${revision} ${state}` }, async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    return estimateDocument({ state, offer, decision }, shop, organization);
  });
  return { ...kept, name: `${estimateNumber(estimate.number)} revision ${revision}.pdf` };
}
