import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { kindLabels } from "~/modules/assets/asset";
import { meterKinds } from "~/modules/assets/meters/meter";
import { Fact, Facts } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";
import { MeterFact } from "./meters";

/** Who owns the unit, its identifiers, and its meter readings. */
export function AssetFacts() {
  const { unit, meters } = useLoaderData<PageData>();
  return (
    <Facts>
      <Fact term="Customer">
        <TextLink to={paths.staff.customer(unit.customerId)}>{unit.customer}</TextLink>
      </Fact>
      <Fact term="Kind">{kindLabels[unit.kind]}</Fact>
      <Fact term={unit.kind === "equipment" ? "Serial number" : "VIN"} code>
        {unit.vin ?? "not on file"}
      </Fact>
      <Fact term="Plate" code>
        {unit.plate ?? "none"}
      </Fact>
      {meterKinds
        .filter((meter) => meters[meter] !== null || (unit.kind !== "trailer" && (meter === "odometer" || meter === "engine")))
        .map((meter) => (
          <MeterFact key={meter} meter={meter} />
        ))}
      <Fact term="Location shared with customer">{unit.sharesPosition ? "Yes" : "No"}</Fact>
    </Facts>
  );
}
