import type { SquareConnection } from "~/modules/payments/square/square-connection";
import { Fact, Facts } from "~/ui/page";

export function ConnectionFacts({ connection: { merchantName, environment, location } }: { connection: SquareConnection }) {
  return (
    <Facts>
      <Fact term="Square account">{merchantName}</Fact>
      <Fact term="Location">{location ? location.name : "Not chosen"}</Fact>
      {location && <Fact term="Currency">{location.currency}</Fact>}
      <Fact term="Mode">{environment === "sandbox" ? "Sandbox (test payments)" : "Live"}</Fact>
    </Facts>
  );
}
