import { type Id, parseId } from "~/kernel/ids";
import { keyedHash, sameText } from "~/platform/crypto.server";

type Page = { organizationId: Id<"organization">; id: Id<"roadside"> };

const bare = (id: string): string => id.slice(id.indexOf("_") + 1);
const sealOf = (key: string, { organizationId, id }: Page): string => keyedHash(key, "roadside", `${organizationId} ${id}`).slice(0, 22);

/** The token of `/roadside/<token>`: it names organization and page, sealed with the deployment's key. A copy of the database has none. */
export const roadsideToken = (key: string, page: Page): string => `${bare(page.organizationId)}${bare(page.id)}${sealOf(key, page)}`;

export function readRoadsideToken(key: string, token: string | undefined): Page | null {
  const [, organization, record, seal] = /^([0-9a-z]{26})([0-9a-z]{26})([\w-]{22})$/.exec(token ?? "") ?? [];
  const [organizationId, id] = [parseId("organization", `org_${organization}`), parseId("roadside", `rsd_${record}`)];
  if (!organizationId || !id || !seal) return null;
  return sameText(seal, sealOf(key, { organizationId, id })) ? { organizationId, id } : null;
}
