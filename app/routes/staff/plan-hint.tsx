import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import { leastPlan, opensFace, type Plan, planNames } from "~/kernel/plans";

/** Beside what the plan does not open: which one would, and where that is explained. */
export function PlanHint({ plan, face }: { plan: Plan; face: "customer" | "vendor" }) {
  if (opensFace(plan, face)) return null;
  return (
    <p>
      The {face} portal is part of {planNames[leastPlan[face]]}; your plan is {planNames[plan]}.{" "}
      <Link to={paths.staff.plan} className="text-accent underline">
        See what it would give
      </Link>
    </p>
  );
}
