import { Form, useSubmit } from "react-router";
import { Button } from "~/ui/button";

type Props = { customers: readonly { id: string; name: string }[]; chosen: string | null; keep: Readonly<Record<string, string>> };

/** Narrows the page to one customer, at once or with the button where there are no scripts. */
export function CustomerFilter({ customers, chosen, keep }: Props) {
  const submit = useSubmit();
  return (
    <Form method="get" className="flex min-w-0 items-center gap-2">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <select
        key={chosen}
        name="customer"
        aria-label="Customer"
        defaultValue={chosen ?? ""}
        onChange={({ currentTarget }) => submit(currentTarget.form)}
        className="min-h-(--target) w-full min-w-0 rounded-corner border border-control bg-panel px-2.5 text-body text-ink lg:w-56"
      >
        <option value="">All customers</option>
        {customers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <noscript>
        <Button type="submit">Show</Button>
      </noscript>
    </Form>
  );
}
