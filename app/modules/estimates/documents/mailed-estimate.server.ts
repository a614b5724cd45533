import type { Id } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { formatDay } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { latestSent } from "../estimate";
import { estimateStore } from "../estimate.store.server";
import { answeredTotal, type EstimateSnapshot } from "../estimate-snapshot";
import { estimateNumber } from "../format";

export type MailNeeds = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };
/** Without a revision, the latest one sent. */
export type WantedEstimate = { estimateId: Id<"estimate">; revision: number | null };

/** An estimate that was sent, with what its mails hold. */
export async function mailedEstimate({ db, directory }: MailNeeds, { estimateId, revision }: WantedEstimate) {
  const [estimate, organization] = await Promise.all([estimateStore(db).find(estimateId), directory.organization(db.scope.organizationId)]);
  const it = revision === null ? estimate && latestSent(estimate) : estimate?.revisions.find((one) => one.revision === revision);
  if (!estimate || !it?.offer || !organization) throw new Error("mail about an estimate that was never sent");
  const { snapshot } = it.offer;
  const amount = formatMoney(answeredTotal(snapshot, it.decision), organization.currency, organization.locale);
  const facts = { organization, number: estimateNumber(snapshot.number), unitNumber: snapshot.unitNumber, title: snapshot.title, amount };
  return { estimate, it: { ...it, offer: it.offer }, organization, facts };
}

export const lastDayOf = (it: { offer: { snapshot: Pick<EstimateSnapshot, "validThrough"> } }, { locale }: { locale: string }): string =>
  formatDay(it.offer.snapshot.validThrough, locale);
