import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { type Addition, type AddRefusal, addDefectsToOrders } from "~/modules/inspections/defects/add-defects-to-order.server";
import { certifyDefects } from "~/modules/inspections/defects/certify-defects.server";
import { staff } from "~/platform/http/guards.server";
import {
  CERTIFIED,
  CERTIFIED_UNNECESSARY,
  certifyForm,
  checkedDefects,
  MOST_DEFECTS,
  NOTHING_CHOSEN,
  picksIn,
  signedIn,
  unnecessaryForm,
} from "../../parts/certify/form.server";
import { orderField } from "./fields";

function additionsIn(form: Readonly<Record<string, unknown>>): Addition[] {
  const units = new Map<string, Id<"defect">[]>();
  for (const [id, unit] of checkedDefects(form)) units.set(unit, [...(units.get(unit) ?? []), id]);
  return [...units].flatMap(([unit, defectIds]): Addition[] => {
    const workOrderId = parseId("workOrder", String(form[orderField(unit)] ?? ""));
    return workOrderId ? [{ defectIds: defectIds.slice(0, MOST_DEFECTS), workOrderId }] : [];
  });
}

const counted = (count: number): string => (count === 1 ? "1 defect" : `${count} defects`);

/** What can be done about defects, on the page of a report and on the list of open ones. */
export const defectCommands = {
  certify: staff.command({
    permission: "defect:certify",
    form: certifyForm,
    run: ({ services, form }) => certifyDefects(services, picksIn(form), signedIn("repaired", form)),
    done: CERTIFIED,
    refusals: { "nothing-chosen": NOTHING_CHOSEN },
  }),
  "certify-unnecessary": staff.command({
    permission: "defect:certify-unnecessary",
    form: unnecessaryForm,
    run: ({ services, form }) => certifyDefects(services, picksIn(form), signedIn("not-necessary", form)),
    done: CERTIFIED_UNNECESSARY,
    refusals: { "nothing-chosen": NOTHING_CHOSEN },
  }),
  "add-to-order": staff.command({
    permission: "work-order:write",
    form: z.looseObject({}),
    run: ({ services, form }) => addDefectsToOrders(services, additionsIn(form)),
    done: ({ added, refused }) => ({
      done: [...added.map(({ unit, defects }) => `${counted(defects)} of unit ${unit} added to a work order.`), ...(refused ? [refused] : [])].join(" "),
      tone: refused ? ("amber" as const) : ("green" as const),
    }),
    refusals: { "nothing-chosen": NOTHING_CHOSEN } satisfies Partial<Record<AddRefusal["kind"], unknown>>,
  }),
};
