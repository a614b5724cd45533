import type { AppLoadContext } from "react-router";
import { isPortal, type Portal } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import { forJob } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { peopleJournal } from "./people.journal";

/** So many within an hour are no mistyped address anymore. */
const FIRST = 20;
const THEN_EACH = 100;

/**
 * Counts what a signed-in person is refused (403) or doesn't find (404), by session. Whoever tries ids one after the other
 * is on the journal with the twentieth within an hour, and with each hundredth. It runs after the response.
 */
export function countRefusedRequest({ platform, servicesFor }: AppLoadContext, request: Request, status: number): void {
  const url = new URL(request.url);
  // A file without a small picture has none to be found.
  if ((status !== 403 && status !== 404) || !request.headers.has("Cookie") || url.pathname.endsWith("/thumbnail")) return;
  const at = platform.clock.now();
  platform.afterAnswer(async () => {
    const session = await sessionOf(platform, request, portalOf(url), { touch: false });
    if (!session) return;
    const tries = await platform.directory.countAttempt([`refused requests ${session.id}`], HOUR, at);
    if (tries !== FIRST && tries % THEN_EACH !== 0) return;
    const { membership, audience } = session;
    const name = session.kind === "impersonation" ? `Staff viewing as ${membership.name}` : membership.name;
    const why = `the last was ${url.pathname.slice(0, 200)}`;
    await save(
      servicesFor(forJob(session.organization.id, "Automatic", request)).db,
      {
        record: { kind: "sign-in", id: newId("event", at), version: 1 },
        at,
        event: peopleJournal.of("requests.refused", { audience, name, email: membership.email, why, tries }),
        about: membership.partyId ?? membership.id,
      },
      [],
    );
  });
}

/** Whose session an address is answered for. Sockets and uploads name it. */
function portalOf({ pathname, searchParams }: URL): Portal {
  const named = searchParams.get("as");
  if (isPortal(named)) return named;
  const [, first] = pathname.split("/");
  return first === "portal" ? "customer" : first === "vendor-portal" ? "vendor" : first === "driver-portal" ? "driver" : "staff";
}
