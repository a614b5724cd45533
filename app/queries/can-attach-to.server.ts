import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { CanAttach } from "~/modules/attachments/attachment";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customerCanSee } from "~/queries/customer/record-access.server";
import { addsToJob } from "~/queries/vendor/jobs.server";

/**
 * Whether somebody may add files to a record now. A ticket says that it was shown to them once; since then a vendor's
 * job may have been taken back, or a right. A vendor only reads of an order, and adds to its job.
 */
export function canAttachTo(db: ScopedDatabase<Portal>): CanAttach {
  const { audience } = db.scope;
  if (audience === "staff") return () => true;
  if (audience === "vendor") {
    const own = db as ScopedDatabase<"vendor">; // as its scope says
    return ({ kind, id }) => kind === "vendorJob" && addsToJob(own, id as Id<"vendorJob">); // the record's own kind says what its id is of
  }
  if (audience !== "customer") return () => false;
  const own = db as ScopedDatabase<"customer">; // as its scope says
  return async (record) => {
    const rights = await readContactRights(own);
    return rights.service && customerCanSee(own, rights, record);
  };
}
