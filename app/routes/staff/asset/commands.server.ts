import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { localInstant } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { archiveAsset, handOverAsset, setOutOfService } from "~/modules/assets/change-asset.server";
import { recordMeterReading } from "~/modules/assets/record-meter-reading.server";
import { asTyped } from "~/platform/http/form.server";
import { type Authed, staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";

/** Everything that can be done on a unit's page. */
const AssetForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reading"), meter: z.enum(["odometer", "engine"]), reading: z.string() }),
  z.object({ intent: z.literal("off"), why: z.string().trim().min(1, "Enter the reason it's out of service.").max(200, "Use at most 200 characters.") }),
  z.object({ intent: z.literal("on") }),
  z.object({ intent: z.literal("hand-over"), to: z.string(), from: z.string() }),
  z.object({ intent: z.literal("archive") }),
]);

const done = (message: string) => ({ problem: null, done: message });
const STALE = { message: "Someone else just changed this unit. Here is the latest version; try again if your change still applies." };
const MANAGERS = { message: "Only an owner or manager can do this." };

/** Runs one form of the unit's page. Anyone on staff may record a meter reading; the rest is for owners and managers. */
async function runAssetCommand({ services, session, params, form }: Authed<"staff", z.output<typeof AssetForm>>) {
  const id = orNotFound(parseId("asset", params.assetId));
  const { zone, distanceUnit } = session.organization;
  const values = asTyped(form);
  if (form.intent === "reading") {
    const { unit } = orNotFound(await readUnitRecord(services.db, id));
    const displayValue = parseReading(form.reading);
    if (displayValue === null) return problem(422, { message: "Fix the highlighted fields.", fields: { reading: "Enter a number such as 412,345." }, values });
    const status = await recordMeterReading(services, {
      assetId: unit.id,
      meter: form.meter,
      displayValue,
      unit: distanceUnit,
      source: `read by ${session.membership.name}`,
    });
    return done(status === "counted" ? "Reading recorded." : "Recorded for review. It doesn't fit the earlier readings, so it isn't used yet.");
  }
  if (!may("staff", session.membership.role, "asset:manage")) return problem(403, MANAGERS);
  switch (form.intent) {
    case "off":
    case "on": {
      const set = await setOutOfService(services, id, form.intent === "off" ? form.why : null);
      if (set.ok) return done(form.intent === "off" ? "Unit is out of service." : "Unit is back in service.");
      return set.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "archive": {
      const archived = await archiveAsset(services, id);
      if (archived.ok) return done("Unit archived. Its work orders and activity are kept.");
      return archived.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "hand-over": {
      const [to, from] = [parseId("customer", form.to), localInstant(form.from, zone)];
      if (!to) return problem(422, { message: "Fix the highlighted fields.", fields: { to: "Choose the new owner." }, values });
      if (from === null) return problem(422, { message: "Fix the highlighted fields.", fields: { from: "Enter the date and time of the change." }, values });
      const handed = await handOverAsset(services, { id, to, from });
      if (handed.ok) return done("Owner changed. Earlier history stays with the previous owner.");
      switch (handed.error.kind) {
        case "same-owner":
          return problem(422, { message: "Fix the highlighted fields.", fields: { to: "This customer already owns the unit." }, values });
        case "too-early":
          return problem(422, { message: "Fix the highlighted fields.", fields: { from: "Enter a time after the current owner got it." }, values });
        case "in-future":
          return problem(422, { message: "Fix the highlighted fields.", fields: { from: "Enter a time that isn't in the future." }, values });
        default:
          return handed.error.kind === "stale" ? problem(409, STALE) : gone();
      }
    }
  }
}

function gone(): never {
  throw new Response("Not found", { status: 404 });
}

export const commands = staff.action("asset:read", AssetForm, runAssetCommand);
