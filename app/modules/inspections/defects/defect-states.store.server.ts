import { type SQL, sql } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { inspectionDefects } from "../inspection.tables";
import type { DefectState } from "./defect";

/** Whether the report that a row was signed with is about the defect's unit; one that isn't matched yet counts once it is. */
const isOfUnit = (row: "r" | "s") =>
  sql.raw(
    `exists (select 1 from inspections i where i.organization_id = ${row}.organization_id and i.id = ${row}.inspection_id and i.asset_id = inspection_defects.asset_id)`,
  );

/** When a driver saw that a defect is still there: a correction is about the walk around of the report at the head of its chain. */
export const seenAt = (row: "s" | "defect_sightings") =>
  sql<UtcMs>`${sql.raw(`(with recursive back (id, at) as (
    select i.corrects_id, ${row}.at from inspections i where i.organization_id = ${row}.organization_id and i.id = ${row}.inspection_id
    union select o.corrects_id, min(o.signed_at, back.at) from back join inspections o on o.organization_id = ${row}.organization_id and o.id = back.id)
    select min(at) from back)`)}`;

/** `defectState` as the database computes it; a test holds the two to each other. */
const stateNow = sql<DefectState>`coalesce((
  select case
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round and r.outcome = 'rejected' and ${isOfUnit("r")}) then 'open'
    when exists (select 1 from defect_sightings s where s.organization_id = c.organization_id and s.defect_id = c.defect_id and ${seenAt("s")} > c.at and ${isOfUnit("s")}) then 'open'
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round and ${isOfUnit("r")}) then 'closed'
    else 'certified' end
  from defect_certifications c
  where c.organization_id = inspection_defects.organization_id and c.defect_id = inspection_defects.id
  order by c.round desc limit 1), 'open')`;

/** Goes last in a batch that adds certifications, reviews or sightings of these defects, or finds the unit of their report. */
export const followStates = (db: ScopedDatabase<Audience>, ids: readonly Id<"defect">[]): Statement =>
  followStatesOf(db, sql`${inspectionDefects.id} in (select value from json_each(${JSON.stringify(ids)}))`);

/** A report may come after its correction: then it is known when the correction's driver saw what it names. */
export const followCorrectionsOf = (db: ScopedDatabase<Audience>, id: Id<"inspection">): Statement => {
  const { organizationId } = db.scope;
  return followStatesOf(
    db,
    sql`${inspectionDefects.id} in (with recursive later (id) as (
      select id from inspections where organization_id = ${organizationId} and corrects_id = ${id}
      union select c.id from later join inspections c on c.organization_id = ${organizationId} and c.corrects_id = later.id)
      select s.defect_id from later join defect_sightings s on s.organization_id = ${organizationId} and s.inspection_id = later.id)`,
  );
};

export const followStatesOf = (db: ScopedDatabase<Audience>, which: SQL): Statement => db.update(inspectionDefects, { state: stateNow }, which);
