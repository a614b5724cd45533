import type { Role } from "~/kernel/permissions";

const all: readonly Role[] = ["owner", "manager", "technician"];
const managers: readonly Role[] = ["owner", "manager"];

/** By address and command, the staff roles that may; everybody of a portal may use its commands. A command that is not here fails the matrix. */
export const commandExpectations: Record<string, Record<string, readonly Role[] | "everybody">> = {
  "/assets/:assetId": { "record-reading": all, "set-out-of-service": managers, "set-in-service": managers, "hand-over": managers, archive: managers },
};
