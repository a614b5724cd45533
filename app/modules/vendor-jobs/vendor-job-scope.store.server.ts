import { eq, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { vendorJobs } from "./vendor-job.tables";

export type VendorJobDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"vendor"> | ScopedDatabase<"job">;

/** A vendor's scope reads only that vendor's jobs. */
export const jobsOfVendor = ({ scope }: VendorJobDatabase): SQL | undefined =>
  scope.audience === "vendor" ? eq(vendorJobs.vendorId, scope.partyId as Id<"vendor">) : undefined; // a vendor's session names its vendor
