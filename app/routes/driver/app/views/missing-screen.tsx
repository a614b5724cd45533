import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";

/** An address of the app that leads to nothing on this phone. */
export function MissingScreen() {
  const { words } = usePhone();
  return (
    <Screen
      title={words.title}
      lead={words.notFound}
      actions={
        <ButtonLink kind="primary" wide to={paths.driver.home}>
          {words.toVehicles}
        </ButtonLink>
      }
    />
  );
}
