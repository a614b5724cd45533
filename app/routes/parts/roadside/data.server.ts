import { newId } from "~/kernel/ids";
import { readRoadsidePages } from "~/modules/inspections/roadside/roadside.read.server";
import { roadsideToken } from "~/modules/inspections/roadside/roadside-token.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";

/** A unit's open pages with their addresses. */
export async function roadsideData({ services, session, id }: Authed<"staff"> | Authed<"customer">) {
  const now = services.clock.now();
  const { unit, pages } = orNotFound(await readRoadsidePages(services.db, id("asset"), now));
  const { id: organizationId, publicOrigin: origin } = session.organization;
  const addressed = pages.map((page) => ({ ...page, token: roadsideToken(services.settings.linkKey, { organizationId, id: page.id }) }));
  return { unit, pages: addressed, origin, fresh: newId("roadside", now) };
}
