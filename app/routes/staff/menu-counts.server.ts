import type { Id } from "~/kernel/ids";
import { countUnseen } from "~/modules/notifications/my-notifications.server";
import type { Authed } from "~/platform/http/authed.server";
import { countOpenDefects } from "~/queries/staff/inspection-list.server";

/** Notifications that are new to a person, and defects that wait for the shop. */
export type MenuCounts = { unseen: number; openDefects: number };

export async function readMenuCounts(services: Authed<"staff">["services"], person: Id<"membership">): Promise<MenuCounts> {
  const [unseen, openDefects] = await Promise.all([countUnseen(services, person), countOpenDefects(services.db)]);
  return { unseen, openDefects };
}
