import type { Portal } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { limitsFor, rulesFromForm, type SessionRulesForm } from "~/kernel/session-rules";
import type { Clock } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory, Organization } from "~/platform/directory/directory.server";
import { organizationJournal } from "./organization.journal";

type Room = { closeTagged(tag: string): Promise<number> };
type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; fleet: Room; board: Room };

/**
 * Sets how long the shop's people stay signed in, also for open sessions: each request reads the rules with its session,
 * and closed sockets reconnect through the gate, which refuses an expired session.
 */
export async function setSessionRules(s: Needs, organization: Organization, form: SessionRulesForm): Promise<void> {
  const [before, rules] = [organization.sessionRules, rulesFromForm(form)];
  const now = s.clock.now();
  await save(
    s.db,
    { record: { kind: "session-rules", id: newId("event", now), version: 1 }, at: now, event: organizationJournal.of("session-rules.set", form) },
    [],
  );
  await s.directory.setSessionRules(organization.id, rules);
  const changed = (["staff", "customer", "vendor"] as const satisfies readonly Portal[]).filter(
    (portal) => JSON.stringify(limitsFor(before, portal)) !== JSON.stringify(limitsFor(rules, portal)),
  );
  for (const portal of changed) await Promise.all([s.fleet.closeTagged(`portal:${portal}`), s.board.closeTagged(`portal:${portal}`)]);
}
