import { paths } from "~/kernel/paths";
import type { ServiceOrder } from "~/modules/maintenance/orders/make-orders.server";
import { docketNumber } from "~/modules/work-orders/work-order";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { TextLink } from "~/ui/text-link";

type Result = Parameters<typeof FormResult>[0]["result"] & { orders?: readonly Pick<ServiceOrder, "id" | "number">[] };

/** The result of the page's last form; after work orders were made, with a link to each. */
export function OrdersMade({ result }: { result: Result | undefined }) {
  if (!result?.done || !result.orders) return <FormResult result={result} />;
  return (
    <Notice tone="green" title={result.done}>
      <ul aria-label="Work orders made" className="flex flex-wrap gap-x-4 gap-y-1">
        {result.orders.map(({ id, number }) => (
          <li key={id}>
            <TextLink to={paths.staff.order(id)}>{docketNumber(number)}</TextLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
