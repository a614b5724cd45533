import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { rightsInScope } from "~/modules/customers/contacts/rights-in-scope.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type CertificationRefusal, canCertify } from "./certification";
import { defectStore, type Signed } from "./defect-writes.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
/** A defect and the round of certification that the person saw it in. */
export type Pick = { id: Id<"defect">; round: number };
export type CertifyRefusal = CertificationRefusal | { kind: "not-found" } | { kind: "nothing-chosen" } | { kind: "stale" };

/**
 * Certifies that defects were repaired, or need no repair (49 CFR 396.11(a)(3)): all of them or none. Staff sign for the shop;
 * a contact with the right to certify signs for its fleet, about its own units. A form that the same person sends twice signs
 * once; what somebody else certified meanwhile is refused.
 */
export async function certifyDefects(s: Needs, picks: readonly Pick[], signed: Signed): Promise<Result<{ signed: number }, CertifyRefusal>> {
  if (picks.length === 0) return err({ kind: "nothing-chosen" });
  const allowed = mayUse(await rightsInScope(s.db), "certify");
  if (!allowed.ok) return err({ kind: "not-allowed", message: rightRefusalMessage(allowed.error, s.db.scope.organization) });
  const store = defectStore(s.db);
  const signedFor = await store.signsFor();
  const roundOf = new Map(picks.map(({ id, round }) => [id, round]));
  return changeRecord({
    clock: s.clock,
    async load() {
      const found = await store.find([...roundOf.keys()]);
      return found.length === roundOf.size ? found.map((it) => ({ ...it, round: roundOf.get(it.id) ?? 0 })) : null;
    },
    decide(found) {
      const open = found.filter((it) => !isMine(it));
      for (const it of open) {
        const certifiable = canCertify(it, it.round);
        if (!certifiable.ok) return certifiable;
      }
      return ok(open);
    },
    save: async (_, open, now) => {
      const saved = open.length === 0 ? ok(null) : await store.certify(open, { ...signed, signedFor }, now);
      return saved.ok ? ok({ signed: open.length }) : saved;
    },
  });

  /** Whether this very form was saved before. */
  function isMine({ round, certifications }: { round: number; certifications: readonly (Signed & { round: number; by: { id: string } })[] }): boolean {
    const before = certifications.find((it) => it.round === round);
    return before !== undefined && before.by.id === s.db.scope.actor.id && before.outcome === signed.outcome && before.signedName === signed.signedName;
  }
}
