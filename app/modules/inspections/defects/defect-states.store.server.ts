import { inArray, sql } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { inspectionDefects } from "../inspection.tables";
import type { DefectState } from "./defect";

/** `defectState` as the database computes it; a test holds the two to each other. */
const stateNow = sql<DefectState>`coalesce((
  select case
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round and r.outcome = 'rejected') then 'open'
    when exists (select 1 from defect_sightings s where s.organization_id = c.organization_id and s.defect_id = c.defect_id and s.at > c.at) then 'open'
    when exists (select 1 from defect_reviews r where r.organization_id = c.organization_id and r.defect_id = c.defect_id and r.round = c.round) then 'closed'
    else 'certified' end
  from defect_certifications c
  where c.organization_id = inspection_defects.organization_id and c.defect_id = inspection_defects.id
  order by c.round desc limit 1), 'open')`;

/** Goes last in a batch that adds certifications, reviews or sightings of these defects. */
export const followStates = (db: ScopedDatabase<Audience>, ids: readonly Id<"defect">[]): Statement =>
  db.update(inspectionDefects, { state: stateNow }, inArray(inspectionDefects.id, [...ids]));
