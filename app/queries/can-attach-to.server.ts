import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { CanAttach } from "~/modules/attachments/attachment";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customerCanSee } from "~/queries/customer/record-access.server";
import { addsToJob } from "~/queries/vendor/jobs.server";

/**
 * Whether a person may currently add files to a record. A ticket only proves that they saw it once; since then a
 * vendor's job may have been recalled, or a right revoked. Vendors add files to their jobs, not to orders.
 */
export function canAttachTo(db: ScopedDatabase<Portal>): CanAttach {
  const { audience } = db.scope;
  if (audience === "staff") return () => true;
  if (audience === "vendor") {
    const own = db as ScopedDatabase<"vendor">; // the scope's party
    return ({ kind, id }) => kind === "vendorJob" && addsToJob(own, id as Id<"vendorJob">); // the kind of the record determines the type of its id
  }
  if (audience !== "customer") return () => false;
  const own = db as ScopedDatabase<"customer">; // the scope's party
  return async (record) => {
    const rights = await readContactRights(own);
    return rights.service && customerCanSee(own, rights, record);
  };
}
