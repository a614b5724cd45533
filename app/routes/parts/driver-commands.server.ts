import * as z from "zod";
import { toUtcMs } from "~/kernel/time";
import { type AssignmentRefusal, assignmentRefusalMessages } from "~/modules/assets/assignment";
import { idField, requiredText, seenVersion, switched } from "~/platform/http/fields.server";
import { onField } from "~/platform/http/refusals.server";

// What the pages of a driver have in common, at the shop and in the customer's portal.

export const driverForm = z.object({
  version: seenVersion,
  name: requiredText(80, "Enter the driver's name."),
  phone: z.string().trim().max(40, "Use at most 40 characters."),
  email: z.string(),
  code: z.string(),
  portalEnabled: switched,
});

/** What a saved driver's page answers: the PIN of a new one, once. */
export function driverSaved(added: { pin: string | null } | null, name: string) {
  if (!added) return "Saved.";
  return added.pin ? { done: `${name} added.`, pin: added.pin } : `${name} was already added by this form. If no one wrote down the PIN, reset it.`;
}

export const PIN_RESET = "PIN reset. The old PIN no longer works.";

export const driverRefusals = {
  "not-an-email": onField("email", "Enter a valid email address."),
  "not-a-code": onField("code", "Enter a code of 4 to 8 digits."),
  "code-taken": onField("code", "Another driver has this code."),
  "email-taken": onField("email", "Another driver has this address."),
};

const unit = idField("asset", "Choose a unit.");
export const assignmentForm = z.object({ unit, first: z.string(), last: z.string() });
export const endedAssignmentForm = z.object({ unit, from: z.coerce.number().transform(toUtcMs) });

export const assignmentRefusal = ({ kind }: AssignmentRefusal) =>
  onField(kind === "backwards" ? "last" : kind === "overlaps" ? "unit" : "first", assignmentRefusalMessages[kind]);
