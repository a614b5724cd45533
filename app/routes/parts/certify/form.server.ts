import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import type { Pick } from "~/modules/inspections/defects/certify-defects.server";
import type { CertificationOutcome } from "~/modules/inspections/defects/defect";
import { requiredText } from "~/platform/http/fields.server";
import { unreadable } from "~/platform/http/refusals.server";

type Fields = Readonly<Record<string, unknown>>;
/** Far above what any page lists of a unit. */
export const MOST_DEFECTS = 40;

/** The defects that were checked, each with what its box holds: the round that the person saw, or the unit. */
export const checkedDefects = (form: Fields): [Id<"defect">, string][] =>
  Object.entries(form).flatMap(([name, value]): [Id<"defect">, string][] => {
    const id = parseId("defect", name);
    return id && typeof value === "string" ? [[id, value]] : [];
  });

export const picksIn = (form: Fields): Pick[] =>
  checkedDefects(form)
    .slice(0, MOST_DEFECTS)
    .map(([id, round]) => ({ id, round: /^\d{1,4}$/.test(round) ? Number(round) : 0 }));

const signature = { signedName: requiredText(120, "Type your name to sign."), sure: z.literal("on", "Confirm it to sign.") };
/** The forms that certify: what was done may be left out, why nothing has to be done may not. */
export const certifyForm = z.looseObject({ ...signature, reason: z.string().trim().max(1_000, "Use at most 1,000 characters.").default("") });
export const unnecessaryForm = z.looseObject({ ...signature, reason: requiredText(1_000, "Enter why no repair is necessary. The driver reads it.") });

export const signedIn = (outcome: CertificationOutcome, { reason, signedName }: { reason: string; signedName: string }) => ({ outcome, reason, signedName });

export const NOTHING_CHOSEN = unreadable("Choose at least one defect.");
export const CERTIFIED = "Repair certified. The next driver reviews it before driving.";
export const CERTIFIED_UNNECESSARY = "Certified. The next driver reviews it before driving.";
