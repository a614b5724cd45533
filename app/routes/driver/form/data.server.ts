import { newId } from "~/kernel/ids";
import { newestChecklist } from "~/modules/inspections/checklists/own-checklist";
import type { ServicesOf } from "~/platform/http/authed.server";
import { readDriverStart } from "~/queries/driver/start.server";

export type PageData = Awaited<ReturnType<typeof readPage>>;

/** The plain form of an inspection: choose the unit, then its own form. */
export async function readPage({ db, clock }: ServicesOf<"driver">, chosen: string | null) {
  const start = await readDriverStart(db, clock.now());
  const unit = start?.units.find(({ id }) => id === chosen) ?? null;
  return {
    units: start?.units.map(({ id, unitNumber, isToday }) => ({ id, unitNumber, isToday })) ?? [],
    driverName: start?.driver.name ?? "",
    form: unit && {
      unit: { id: unit.id, unitNumber: unit.unitNumber, kind: unit.kind },
      groups: newestChecklist(start?.checklists ?? [], unit.kind).groups,
      defects: start?.defects.filter(({ assetId }) => assetId === unit.id) ?? [],
      submissionId: newId("submission", clock.now()),
      inspectionId: newId("inspection", clock.now()),
      startedAt: clock.now(),
    },
  };
}
