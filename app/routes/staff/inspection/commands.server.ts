import * as z from "zod";
import { matchUnit } from "~/modules/inspections/matching/match-unit.server";
import { unmatchUnit } from "~/modules/inspections/matching/unmatch-unit.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField, unreadable } from "~/platform/http/refusals.server";
import { defectCommands } from "../open-defects/commands.server";

/** Everything that can be done on the page of a report. */
export const action = staff.commands({
  ...defectCommands,
  match: staff.command({
    permission: "inspection:match",
    form: z.object({ unit: idField("asset", "Choose the unit.") }),
    run: ({ services, id, form }) => matchUnit(services, id("inspection"), form.unit),
    done: "Unit matched. Its page shows this report and its defects.",
    refusals: {
      "other-owner": onField("unit", "This unit isn't the customer's anymore. Choose another one."),
      matched: "Someone else matched this report to another unit. Here is the latest version.",
    },
  }),
  unmatch: staff.command({
    permission: "inspection:match",
    form: z.object({ unit: idField("asset", "Open the page again.") }),
    run: ({ services, id, form }) => unmatchUnit(services, id("inspection"), form.unit),
    done: "Match undone. Choose the unit that the driver meant.",
    refusals: { "not-matched": unreadable("The driver chose this unit, so there is no match to undo.") },
  }),
});
