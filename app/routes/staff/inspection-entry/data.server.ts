import { newId, parseId } from "~/kernel/ids";
import { localText } from "~/kernel/time";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { newestChecklist } from "~/modules/inspections/checklists/own-checklist";
import type { Authed } from "~/platform/http/authed.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { readCorrected, readPaperUnit } from "~/queries/staff/paper-report.server";

export type PageData = Awaited<ReturnType<typeof entryPage>>;

/** Entering a paper report: choose the unit, then its own form. A correction begins with what the earlier report has. */
export async function entryPage({ services: { db, clock }, session, url }: Authed<"staff">) {
  const asked = parseId("inspection", url.searchParams.get("corrects"));
  const found = asked && (await readCorrected(db, asked));
  const assetId = found?.assetId ?? parseId("asset", url.searchParams.get("unit"));
  const paper = assetId && (await readPaperUnit(db, assetId));
  const query = url.searchParams.get("q") ?? "";
  const now = clock.now();
  const { zone } = session.organization;
  if (!paper) return { form: null, query, units: query ? await findUnits(db, { query, only: null }) : [] };
  // A unit that was sold since has another owner's drivers: its reports stay as they are.
  const corrects = found?.customerId === paper.unit.customerId ? found : null;
  return {
    query,
    units: [],
    form: {
      ...paper,
      corrects,
      groups: newestChecklist(await readChecklists(db), paper.unit.kind).groups,
      submissionId: newId("submission", now),
      inspectionId: newId("inspection", now),
      signed: localText(corrects?.signedAt ?? now, zone),
    },
  };
}
