import * as z from "zod";
import { err, type Result } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { archiveAsset, setOutOfService } from "~/modules/assets/change-asset.server";
import { type SellRefusal, sellUnit } from "~/modules/vendor-jobs/sell-unit.server";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid, onField } from "~/platform/http/refusals.server";
import { readUnbilledOrders } from "~/queries/staff/unbilled-orders.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { meterCommands } from "../meter-commands.server";
import { ownerField } from "./owner-field";

/** Everything that can be done on a unit's page. */
export const action = staff.commands({
  ...meterCommands,
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
    form: z.looseObject({ to: idField("customer", "Choose the new owner."), from: z.string() }),
    async run({
      services,
      scope,
      id,
      form: { to, from, ...orders },
    }): Promise<Result<{ taken: number; stayed: number }, SellRefusal | ReturnType<typeof invalid>>> {
      const since = localInstant(from, scope.organization.zone);
      if (since === null) return err(invalid({ from: "Enter the date and time of the change." }));
      const unbilled = await readUnbilledOrders(services.db, {
        assetId: id("asset"),
        customerId: (await readUnitRecord(services.db, id("asset")))?.unit.customerId ?? to,
      });
      const takenOver = unbilled.filter((order) => orders[ownerField(order.id)] === "copy").map((order) => order.id);
      return sellUnit(services, { id: id("asset"), to, from: since, takenOver });
    },
    done: ({ taken, stayed }) =>
      [
        "Owner changed. Earlier history stays with the previous owner.",
        taken > 0 && `${taken === 1 ? "One work order was" : `${taken} work orders were`} canceled, and its work copied to the new owner.`,
        stayed > 0 && `${stayed === 1 ? "One work order" : `${stayed} work orders`} changed meanwhile and stayed with the previous owner.`,
      ]
        .filter(Boolean)
        .join(" "),
    refusals: {
      "same-owner": onField("to", "This customer already owns the unit."),
      "too-early": onField("from", "Enter a time after the current owner got it."),
      "in-future": onField("from", "Enter a time that isn't in the future."),
      // Its choice is not on the page anymore, so there is no field to lead to.
      "order-stays": ({ message }) => message,
    },
  }),
  archive: staff.command({
    permission: "asset:manage",
    form: noFields,
    run: ({ services, id }) => archiveAsset(services, id("asset")),
    done: "Unit archived. Its work orders and activity are kept.",
  }),
});
