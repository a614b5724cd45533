import type { Id } from "~/kernel/ids";
import { noticeStore } from "../notice.store.server";
import { MAILS_OF_GROUP } from "../notice-groups";
import { staffRow } from "../staff-events";
import { type PushNeeds, sendPush } from "./send-push.step.server";

/**
 * Pushes a notice as the notifications page has it now: the newest of its row, with a count. Of a row three are pushed;
 * nothing is that was seen, handled or snoozed meanwhile. `isBack` is the end of a snooze.
 */
export async function sendNoticePush(s: PushNeeds, wanted: { membershipId: Id<"membership">; notice: string; isBack: boolean }): Promise<void> {
  const { membershipId } = wanted;
  const [organization, row] = await Promise.all([
    s.directory.organization(s.db.scope.organizationId),
    noticeStore(s.db).rowOf(membershipId, wanted.notice, s.clock.now()),
  ]);
  if (!organization || !row?.isNews || (row.place > MAILS_OF_GROUP && !wanted.isBack)) return;
  const { event, title, href, groupKey, key, shownAt, count } = row;
  await sendPush(s, {
    audience: "staff",
    membershipId,
    event,
    key: `${key}:${shownAt}`,
    at: shownAt,
    group: groupKey,
    message: {
      title,
      body: count > 1 ? `${organization.name} · ${count} notifications` : organization.name,
      path: href,
      urgent: staffRow(event).urgent === true,
    },
  });
}
