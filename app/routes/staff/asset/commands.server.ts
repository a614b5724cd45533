import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { localInstant } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { archiveAsset, handOverAsset, setOutOfService } from "~/modules/assets/change-asset.server";
import { recordMeterReading } from "~/modules/assets/record-meter-reading.server";
import { asTyped } from "~/platform/http/form.server";
import type { Authed } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";

/** All that is done on a unit's page. */
export const AssetForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reading"), meter: z.enum(["odometer", "engine"]), reading: z.string() }),
  z.object({ intent: z.literal("off"), why: z.string().trim().min(1, "Say why it is off the road.").max(200, "Keep it under 200 letters.") }),
  z.object({ intent: z.literal("on") }),
  z.object({ intent: z.literal("hand-over"), to: z.string(), from: z.string() }),
  z.object({ intent: z.literal("archive") }),
]);

const done = (message: string) => ({ problem: null, done: message });
const STALE = { message: "Somebody else changed this unit just now. The page shows how it stands; repeat it if it is still right." };
const MANAGERS = { message: "Only an owner or manager can do this." };

/** Does what a form of the unit's page asks for. Readings are anybody's to note, the rest is for owners and managers. */
export async function runAssetCommand({ services, session, params, form }: Authed<"staff", z.output<typeof AssetForm>>) {
  const id = orNotFound(parseId("asset", params.assetId));
  const { zone, distanceUnit } = session.organization;
  const values = asTyped(form);
  if (form.intent === "reading") {
    const { unit } = orNotFound(await readUnitRecord(services.db, id));
    const displayValue = parseReading(form.reading);
    if (displayValue === null) return problem(422, { message: "Check what is marked.", fields: { reading: "A reading is a number such as 412,345." }, values });
    const status = await recordMeterReading(services, {
      assetId: unit.id,
      meter: form.meter,
      displayValue,
      unit: distanceUnit,
      source: `read by ${session.membership.name}`,
    });
    return done(status === "counted" ? "The reading is noted." : "Noted for review: it does not fit the readings before it, so it does not count yet.");
  }
  if (!may("staff", session.membership.role, "asset:manage")) return problem(403, MANAGERS);
  switch (form.intent) {
    case "off":
    case "on": {
      const set = await setOutOfService(services, id, form.intent === "off" ? form.why : null);
      if (set.ok) return done(form.intent === "off" ? "It is out of service." : "It is back in service.");
      return set.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "archive": {
      const archived = await archiveAsset(services, id);
      if (archived.ok) return done("Archived. Its orders and its story stay.");
      return archived.error.kind === "stale" ? problem(409, STALE) : gone();
    }
    case "hand-over": {
      const [to, from] = [parseId("customer", form.to), localInstant(form.from, zone)];
      if (!to) return problem(422, { message: "Check what is marked.", fields: { to: "Choose the new owner." }, values });
      if (from === null) return problem(422, { message: "Check what is marked.", fields: { from: "Give the day and time." }, values });
      const handed = await handOverAsset(services, { id, to, from });
      if (handed.ok) return done("Handed over. What it did before stays with the owner of that time.");
      switch (handed.error.kind) {
        case "same-owner":
          return problem(422, { message: "Check what is marked.", fields: { to: "That is whose it is already." }, values });
        case "too-early":
          return problem(422, { message: "Check what is marked.", fields: { from: "That is before its owner of today had it." }, values });
        case "in-future":
          return problem(422, { message: "Check what is marked.", fields: { from: "That is still to come." }, values });
        default:
          return handed.error.kind === "stale" ? problem(409, STALE) : gone();
      }
    }
  }
}

function gone(): never {
  throw new Response("Not found", { status: 404 });
}
