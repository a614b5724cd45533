import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";

type Props = { title: string; unit: Parameters<typeof nameOfAsset>[0] & { id: string; unitNumber: string; customer: string } };

/** The header of a page about one side of a unit, with the way back to the unit. */
export const UnitHeader = ({ title, unit }: Props) => (
  <PageHeader
    title={title}
    mark={<UnitPlate number={unit.unitNumber} size="medium" />}
    state={
      <TextLink to={paths.staff.asset(unit.id)}>
        {nameOfAsset(unit)}, {unit.customer}
      </TextLink>
    }
  />
);
