import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { mediaTypeOf } from "~/modules/attachments/content";
import { newSha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { decideFacts, describeChanges, factNames, isTooFine, logoName, MAX_LOGO_BYTES, merged, type OrganizationFacts } from "./organization";
import { organizationStore } from "./organization.store.server";

type Typed = Parameters<typeof decideFacts>[0];
type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** `version` is the one that the form was shown, `row` the directory's. */
type Asked = { version: number; typed: Typed; row: OrganizationFacts; documentsIssued: boolean };
export type Overtaken = { kind: "stale"; by: string; changes: string; version: number; typed: Typed };

/**
 * Changes a shop's details. The journal row is the change. It commits with an outbox row that syncs the newest state to
 * the directory's copy (syncOrganization), which is done once this returns. If someone else saved first, the caller
 * gets a description of their change and both changes merged, to review and save again.
 */
export async function changeOrganization(
  s: Needs,
  { version, typed, row, documentsIssued }: Asked,
): Promise<Result<{ changed: boolean }, Overtaken | { kind: "invalid"; fields: Record<string, string> }>> {
  const store = organizationStore(s.db);
  const missed = await store.since(version);
  const last = missed.at(-1);
  if (missed[0] && last)
    return err({
      kind: "stale",
      by: last.by,
      changes: describeChanges(missed[0].before, last.after),
      version: last.version,
      typed: merged(missed[0].before, last.after, typed),
    });
  const newest = await store.newest();
  const before = newest?.after ?? row;
  const after = decideFacts(typed, before, documentsIssued);
  if (!after.ok)
    return err({
      kind: "invalid",
      fields: Object.fromEntries(Object.entries(after.error).filter((field): field is [string, string] => field[1] !== undefined)),
    });
  return keep(s, newest?.version ?? 1, before, after.value, () => changeOrganization(s, { version, typed, row, documentsIssued }));
}

/** Sets or removes the logo. It never conflicts with other changes, because it is applied to the newest details. */
export async function changeLogo(
  s: Needs & { files: ScopedFiles },
  bytes: Uint8Array | null,
  row: OrganizationFacts,
): Promise<Result<{ changed: boolean }, { kind: "too-large" } | { kind: "too-fine" } | { kind: "not-a-logo" }>> {
  let logo: string | null = null;
  if (bytes) {
    if (bytes.length > MAX_LOGO_BYTES) return err({ kind: "too-large" });
    logo = logoName(mediaTypeOf(bytes), newSha256().update(bytes).digest("hex"));
    if (logo === null) return err({ kind: "not-a-logo" });
    if (isTooFine(bytes)) return err({ kind: "too-fine" });
    await s.files.put(`logos/${logo}`, bytes);
  }
  const newest = await organizationStore(s.db).newest();
  const before = newest?.after ?? row;
  return keep(s, newest?.version ?? 1, before, { ...before, logo }, () => changeLogo(s, bytes, row));
}

async function keep<R>(
  s: Needs,
  version: number,
  before: OrganizationFacts,
  after: OrganizationFacts,
  again: () => Promise<Result<{ changed: boolean }, R>>,
): Promise<Result<{ changed: boolean }, R>> {
  if (factNames.every((name) => before[name] === after[name])) return ok({ changed: false });
  const saved = await organizationStore(s.db).change(version + 1, before, after, s.clock.now());
  // Someone else saved at the same moment; report it like any other change.
  if (!saved.ok) return again();
  return ok({ changed: true });
}

/**
 * Updates the directory's copy from the journal. It may run twice, late, and at the same time as another sync, so it
 * reads again after writing, and the last writer leaves the newest state.
 */
export async function syncOrganization(s: { db: ScopedDatabase<"job">; directory: Pick<Directory, "describeOrganization"> }): Promise<void> {
  const store = organizationStore(s.db);
  for (let newest = await store.newest(), written = 0; newest && newest.version !== written; newest = await store.newest()) {
    await s.directory.describeOrganization(s.db.scope.organizationId, newest.after);
    written = newest.version;
  }
}
