import * as z from "zod";
import { matchUnit } from "~/modules/inspections/match-unit.server";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField } from "~/platform/http/refusals.server";
import { defectCommands } from "../defect-commands.server";

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
});
