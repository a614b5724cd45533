import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import { leastPlan, type Plan, planIncludesPortal, planNames } from "~/kernel/plans";

/** Next to a feature that the plan doesn't include: which plan has it, with a link to the plan page. */
export function PlanHint({ plan, portal }: { plan: Plan; portal: "customer" | "vendor" }) {
  if (planIncludesPortal(plan, portal)) return null;
  return (
    <p>
      The {portal} portal is part of {planNames[leastPlan[portal]]}; your plan is {planNames[plan]}.{" "}
      <Link to={paths.staff.plan} className="text-accent underline">
        Compare plans
      </Link>
    </p>
  );
}
