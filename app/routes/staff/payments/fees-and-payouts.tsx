import { Download } from "lucide-react";
import { paths } from "~/kernel/paths";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Section } from "~/ui/page";

/** A period to download, by day, for the bookkeeper. */
export function FeesAndPayouts({ period }: { period: { from: string; through: string } }) {
  return (
    <Section title="Fees and payouts">
      <p className="max-w-[60ch] text-ink-soft">
        A spreadsheet with one row per day: payments and refunds through BayTrack, Square's fees, what is on its way, and what Square paid to your bank account.
      </p>
      <form action={paths.staff.paymentsCsv} className="flex flex-wrap items-end gap-3">
        <Field label="From" type="date" name="from" defaultValue={period.from} />
        <Field label="Through" type="date" name="through" defaultValue={period.through} />
        <Button kind="quiet" icon={Download}>
          Download CSV
        </Button>
      </form>
    </Section>
  );
}
