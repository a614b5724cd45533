import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import { leastPlan, type Plan, planIncludesPortal, planNames } from "~/kernel/plans";

/** Beside what the plan does not open: which one would, and where that is explained. */
export function PlanHint({ plan, portal }: { plan: Plan; portal: "customer" | "vendor" }) {
  if (planIncludesPortal(plan, portal)) return null;
  return (
    <p>
      The {portal} portal is part of {planNames[leastPlan[portal]]}; your plan is {planNames[plan]}.{" "}
      <Link to={paths.staff.plan} className="text-accent underline">
        See what it would give
      </Link>
    </p>
  );
}
