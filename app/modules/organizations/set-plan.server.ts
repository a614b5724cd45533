import { portals } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { organizationJournal } from "./organization.journal";

type Room = { closeTagged(tag: string): Promise<number> };
type Needs = { db: ScopedDatabase<"operator">; directory: Directory; clock: Clock; fleet: Room; board: Room };

/** Sets an organization's plan. Portals the new plan doesn't include are closed at once, with their sockets; nothing is deleted. */
export async function setPlan(s: Needs, plan: Plan): Promise<Result<{ before: Plan }, { kind: "not-found" }>> {
  const { organizationId } = s.db.scope;
  const organization = await s.directory.organization(organizationId);
  if (!organization) return err({ kind: "not-found" });
  const now = s.clock.now();
  await save(
    s.db,
    {
      record: { kind: "plan", id: newId("event", now), version: 1 },
      at: now,
      event: organizationJournal.of("plan.set", { from: organization.plan, to: plan }),
      about: organizationId,
    },
    [],
  );
  await s.directory.setPlan(organizationId, plan);
  for (const portal of portals.filter((one) => !planIncludesPortal(plan, one)))
    await Promise.all([s.fleet.closeTagged(`portal:${portal}`), s.board.closeTagged(`portal:${portal}`)]);
  return ok({ before: organization.plan });
}
