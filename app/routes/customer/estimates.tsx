import { useLoaderData } from "@remix-run/react";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { readOwnRights } from "~/modules/customers/contact.read.server";
import { mayUse, rightRefusalWords } from "~/modules/customers/contact-rights";
import { isExpired, stateWords } from "~/modules/estimates/estimate";
import { stateTones } from "~/modules/estimates/estimate.view";
import { readOwnEstimates } from "~/modules/estimates/own-estimates.read.server";
import { dayInWords, estimateNumber } from "~/modules/estimates/words";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { Empty } from "~/ui/empty";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Estimates" }];

export const loader = customer.loader("estimate:read", async ({ services, session, url }) => {
  const { zone, locale, currency } = session.organization;
  const right = mayUse(await readOwnRights(services.db), "documents");
  if (!right.ok) throw refuse(403, rightRefusalWords(right.error, session.organization));
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const { rows, next } = await readOwnEstimates(services.db, before ? Number(before) : null);
  const now = services.clock.now();
  return {
    rows: rows.map((row) => ({ ...row, isExpired: row.state === "sent" && isExpired(row.validThrough, now, zone) })),
    next,
    first: !before,
    locale,
    currency,
  };
});

export default function OwnEstimates() {
  const { rows, next, first, locale, currency } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Estimates" />
      <PageBody>
        {rows.length === 0 ? (
          <Empty title="No estimates yet" body="What the shop suggests comes here, with its price. You approve it, decline it, or ask for changes." />
        ) : (
          <DataList label="Estimates">
            {rows.map(({ id, number, title, unitNumber, total, state, validThrough, isExpired: isOver }) => (
              <DataRow
                key={id}
                to={paths.customer.estimate(id)}
                lead={<UnitPlate number={unitNumber} />}
                title={title}
                detail={
                  <>
                    {estimateNumber(number)}
                    {state === "sent" && ` · ${isOver ? "ran out" : "until"} ${dayInWords(validThrough, locale)}`}
                  </>
                }
                end={
                  <span className="grid justify-items-end">
                    <span className="tabular-nums">{formatMoney(total, currency, locale)}</span>
                    <StateMark
                      bare
                      tone={isOver ? "amber" : stateTones[state]}
                      word={isOver ? "Expired" : state === "sent" ? "Waits for you" : stateWords[state]}
                    />
                  </span>
                }
              />
            ))}
          </DataList>
        )}
        <Pager label="Pages of estimates" previous={first ? undefined : paths.customer.estimates} next={next ? `?before=${next}` : undefined} />
      </PageBody>
    </>
  );
}
