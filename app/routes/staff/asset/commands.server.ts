import * as z from "zod";
import { err } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { archiveAsset, handOverAsset, setOutOfService } from "~/modules/assets/change-asset.server";
import { recordMeterReading } from "~/modules/assets/record-meter-reading.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, onField } from "~/platform/http/refusals.server";

/** Everything that can be done on a unit's page. */
export const action = staff.commands({
  "record-reading": staff.command({
    permission: "meter:record",
    form: z.object({ meter: z.enum(["odometer", "engine"]), reading: z.string() }),
    async run({ services, session, id, form: { meter, reading } }) {
      const displayValue = parseReading(reading);
      if (displayValue === null) return err(invalid({ reading: "Enter a number such as 412,345." }));
      return recordMeterReading(services, { assetId: id("asset"), meter, displayValue, source: `read by ${session.membership.name}` });
    },
    done: (status) => (status === "counted" ? "Reading recorded." : "Recorded for review. It doesn't fit the earlier readings, so it isn't used yet."),
  }),
  "set-out-of-service": staff.command({
    permission: "asset:manage",
    form: z.object({ why: requiredText(200, "Enter the reason it's out of service.") }),
    run: ({ services, id, form }) => setOutOfService(services, id("asset"), form.why),
    done: "Unit is out of service.",
  }),
  "set-in-service": staff.command({
    permission: "asset:manage",
    form: noFields,
    run: ({ services, id }) => setOutOfService(services, id("asset"), null),
    done: "Unit is back in service.",
  }),
  "hand-over": staff.command({
    permission: "asset:manage",
    form: z.object({ to: idField("customer", "Choose the new owner."), from: z.string() }),
    async run({ services, scope, id, form: { to, from } }) {
      const since = localInstant(from, scope.organization.zone);
      if (since === null) return err(invalid({ from: "Enter the date and time of the change." }));
      return handOverAsset(services, { id: id("asset"), to, from: since });
    },
    done: "Owner changed. Earlier history stays with the previous owner.",
    refusals: {
      "same-owner": onField("to", "This customer already owns the unit."),
      "too-early": onField("from", "Enter a time after the current owner got it."),
      "in-future": onField("from", "Enter a time that isn't in the future."),
    },
  }),
  archive: staff.command({
    permission: "asset:manage",
    form: noFields,
    run: ({ services, id }) => archiveAsset(services, id("asset")),
    done: "Unit archived. Its work orders and activity are kept.",
  }),
});
