import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { type Addition, type AddRefusal, addDefectsToOrders } from "~/modules/inspections/defects/add-defects-to-order.server";
import { certifyDefects, type Pick } from "~/modules/inspections/defects/certify-defects.server";
import { requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { unreadable } from "~/platform/http/refusals.server";
import { orderField } from "./fields";

const NOTHING = unreadable("Choose at least one defect.");
const signedName = requiredText(120, "Type your name to sign.");
const sure = z.literal("on", "Confirm it to sign.");
/** Far above what any page lists of a unit. */
const MOST = 40;

/** The defects that were checked, each with what its box holds: the round that the person saw, or the unit. */
const checked = (form: Readonly<Record<string, unknown>>): [Id<"defect">, string][] =>
  Object.entries(form).flatMap(([name, value]): [Id<"defect">, string][] => {
    const id = parseId("defect", name);
    return id && typeof value === "string" ? [[id, value]] : [];
  });

const picksIn = (form: Readonly<Record<string, unknown>>): Pick[] =>
  checked(form)
    .slice(0, MOST)
    .map(([id, round]) => ({ id, round: /^\d{1,4}$/.test(round) ? Number(round) : 0 }));

function additionsIn(form: Readonly<Record<string, unknown>>): Addition[] {
  const units = new Map<string, Id<"defect">[]>();
  for (const [id, unit] of checked(form)) units.set(unit, [...(units.get(unit) ?? []), id]);
  return [...units].flatMap(([unit, defectIds]): Addition[] => {
    const workOrderId = parseId("workOrder", String(form[orderField(unit)] ?? ""));
    return workOrderId ? [{ defectIds: defectIds.slice(0, MOST), workOrderId }] : [];
  });
}

const counted = (count: number): string => (count === 1 ? "1 defect" : `${count} defects`);

/** What can be done about defects, on the page of a report and on the list of open ones. */
export const defectCommands = {
  certify: staff.command({
    permission: "defect:certify",
    form: z.looseObject({ signedName, sure, reason: z.string().trim().max(1_000, "Use at most 1,000 characters.").default("") }),
    run: ({ services, form }) => certifyDefects(services, picksIn(form), { outcome: "repaired", reason: form.reason, signedName: form.signedName }),
    done: "Repair certified. The next driver reviews it before driving.",
    refusals: { "nothing-chosen": NOTHING },
  }),
  "certify-unnecessary": staff.command({
    permission: "defect:certify-unnecessary",
    form: z.looseObject({ signedName, sure, reason: requiredText(1_000, "Enter why no repair is necessary. The driver reads it.") }),
    run: ({ services, form }) => certifyDefects(services, picksIn(form), { outcome: "not-necessary", reason: form.reason, signedName: form.signedName }),
    done: "Certified. The next driver reviews it before driving.",
    refusals: { "nothing-chosen": NOTHING },
  }),
  "add-to-order": staff.command({
    permission: "work-order:write",
    form: z.looseObject({}),
    run: ({ services, form }) => addDefectsToOrders(services, additionsIn(form)),
    done: ({ added, refused }) => ({
      done: [...added.map(({ unit, defects }) => `${counted(defects)} of unit ${unit} added to a work order.`), ...(refused ? [refused] : [])].join(" "),
      tone: refused ? ("amber" as const) : ("green" as const),
    }),
    refusals: { "nothing-chosen": NOTHING } satisfies Partial<Record<AddRefusal["kind"], unknown>>,
  }),
};
