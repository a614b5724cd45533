import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";

/** An address of the app that leads to nothing on this phone. */
export function MissingScreen({ why }: { why?: string }) {
  const { texts } = usePhone();
  return (
    <Screen
      title={texts.title}
      lead={why ?? texts.notFound}
      actions={
        <ButtonLink kind="primary" wide to={paths.driver.home}>
          {texts.toVehicles}
        </ButtonLink>
      }
    />
  );
}
