import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { roadsidePeriodNames, roadsidePeriods } from "~/modules/inspections/roadside/roadside";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { QrCode } from "~/ui/qr";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";

export type RoadsideData = {
  unit: { id: string; unitNumber: string; customer: string };
  pages: readonly { id: Id<"roadside">; token: string; by: string; createdAt: UtcMs; expiresAt: UtcMs }[];
  origin: string;
  fresh: Id<"roadside">;
};
/** Both audiences' commands have these names. */
type Action = { commands: { open: never; end: never } };

/** A unit's pages for a roadside inspection: open one, show it to the officer, end it. */
export function RoadsideList({ unit, pages, origin, fresh, back }: RoadsideData & { back: string }) {
  return (
    <>
      <PageHeader
        title="Roadside page"
        mark={<UnitPlate number={unit.unitNumber} size="medium" />}
        action={<TextLink to={back}>Unit {unit.unitNumber}</TextLink>}
      />
      <PageBody>
        <p className="max-w-prose">
          A page for an officer, without signing in: open defects, the last inspections of {unit.customer}, certifications and signatures. It closes by itself,
          and when the unit gets another owner. Whoever has the address can read it.
        </p>
        <CommandForm<Action> key={fresh} intent="open" className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="id" value={fresh} />
          <div className="min-w-40">
            <Select label="Open for" name="period" defaultValue="1d">
              {roadsidePeriodNames.map((name) => (
                <option key={name} value={name}>
                  {roadsidePeriods[name].label}
                </option>
              ))}
            </Select>
          </div>
          <SubmitButton pendingLabel="Opening">Open a page</SubmitButton>
        </CommandForm>
        {pages.map(({ id, token, by, createdAt, expiresAt }) => (
          <Section key={id} title={`Opened by ${by}`}>
            <div className="grid gap-3 sm:grid-cols-[auto_minmax(0,1fr)]">
              <QrCode
                text={origin + paths.roadside(token)}
                label={`QR code of the roadside page of unit ${unit.unitNumber}`}
                className="size-44 border border-line"
              />
              <div className="grid content-start gap-2">
                <p>
                  Opened <Moment at={createdAt} />, closes <Moment at={expiresAt} />
                </p>
                <p>
                  <a href={paths.roadside(token)} className="inline-flex min-h-(--target) items-center text-accent wrap-anywhere underline">
                    {origin + paths.roadside(token)}
                  </a>
                </p>
                <CommandForm<Action> intent="end" row={{ page: id }}>
                  <SubmitButton kind="quiet" pendingLabel="Ending">
                    End this page
                  </SubmitButton>
                </CommandForm>
              </div>
            </div>
          </Section>
        ))}
      </PageBody>
    </>
  );
}
