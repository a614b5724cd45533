import { useLoaderData } from "react-router";
import { hasPlan, planGives, planNames, plans } from "~/kernel/plans";
import { staff } from "~/platform/http/guards.server";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";

export const meta = () => [{ title: "Plan" }];

export const loader = staff.loader("settings:read", async ({ session }) => ({ plan: session.organization.plan, shop: session.organization.name }));

export default function Plan() {
  const { plan, shop } = useLoaderData<typeof loader>();
  const more = plans.filter((one) => !hasPlan(plan, one));
  return (
    <>
      <PageHeader title="Plan" state={<StateMark tone="green" label={planNames[plan]} />} />
      <PageBody>
        {plans.map((one) => {
          const has = hasPlan(plan, one);
          return (
            <Section key={one} title={planNames[one]} action={<StateMark tone={has ? "green" : "slate"} label={has ? "You have this" : "Not in your plan"} />}>
              <ul className="divide-y divide-line border-y border-line">
                {planGives[one].map(({ name, what }) => (
                  <li key={name} className="flex flex-wrap gap-x-4 px-2 py-2">
                    <span className="basis-56 font-semibold">{name}</span>
                    <span className="flex-1 basis-72 text-ink-soft">{what}</span>
                  </li>
                ))}
              </ul>
            </Section>
          );
        })}
        {more.length > 0 ? (
          <Notice tone="blue" title={`To get ${more.map((one) => planNames[one]).join(" or ")}, contact support`}>
            <p>
              Support turns on the plan for {shop}, and it applies right away. Your data stays as it is. A portal that was open before comes back with
              everything in it.
            </p>
          </Notice>
        ) : (
          <p className="text-ink-soft">You have the full plan. A smaller plan would close portals but keep their data.</p>
        )}
      </PageBody>
    </>
  );
}
