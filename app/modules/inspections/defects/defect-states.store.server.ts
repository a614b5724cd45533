import { type SQL, sql } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { inspectionDefects } from "../inspection.tables";
import type { DefectState } from "./defect";

/** Whether the report that a row was signed with is about the defect's unit; one that isn't matched yet counts once it is. */
const isOfUnit = (row: "r" | "s") =>
  sql.raw(
    `exists (select 1 from inspections i where i.organization_id = ${row}.organization_id and i.id = ${row}.inspection_id and i.asset_id = inspection_defects.asset_id)`,
  );

/** `defectState` as the database computes it; a test holds the two to each other. */
const stateNow = sql<DefectState>`coalesce((
  select case
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round and r.outcome = 'rejected' and ${isOfUnit("r")}) then 'open'
    when exists (select 1 from defect_sightings s where s.organization_id = c.organization_id and s.defect_id = c.defect_id and s.at > c.at and ${isOfUnit("s")}) then 'open'
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round and ${isOfUnit("r")}) then 'closed'
    else 'certified' end
  from defect_certifications c
  where c.organization_id = inspection_defects.organization_id and c.defect_id = inspection_defects.id
  order by c.round desc limit 1), 'open')`;

/** Goes last in a batch that adds certifications, reviews or sightings of these defects, or finds the unit of their report. */
export const followStates = (db: ScopedDatabase<Audience>, ids: readonly Id<"defect">[]): Statement =>
  followStatesOf(db, sql`${inspectionDefects.id} in (select value from json_each(${JSON.stringify(ids)}))`);

export const followStatesOf = (db: ScopedDatabase<Audience>, which: SQL): Statement => db.update(inspectionDefects, { state: stateNow }, which);
