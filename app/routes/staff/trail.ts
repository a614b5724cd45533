import { parseId } from "~/kernel/ids";
import { startOfDay } from "~/kernel/time";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readTrail } from "~/queries/staff/trail.server";

/** A unit's trail for today, in the shop's time zone. */
export const loader = staff.loader("fleet:read", async ({ services, session, params }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const now = services.clock.now();
  return { points: orNotFound(await readTrail(services, id, startOfDay(now, session.organization.zone), now)) };
});
