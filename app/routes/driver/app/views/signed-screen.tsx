import { paths } from "~/kernel/paths";
import { refusalText } from "~/modules/inspections/filing/refusals";
import { ButtonLink } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { useQueue } from "../use-queue";

/** After signing: what the shop has already, and what still waits for signal. */
export function SignedScreen({ id }: { id: string }) {
  const { start, texts, refusals } = usePhone();
  const { reports } = useQueue();
  const waiting = reports?.find((report) => report.id === id);
  const defects = waiting?.report.units.flatMap((unit) => unit.defects) ?? [];
  const photos = defects.flatMap((defect) => defect.photos).length;
  const isFiled = reports !== null && (!waiting || waiting.isFiled);
  return (
    <Screen
      title={isFiled ? texts.submitted : texts.savedOnPhone}
      actions={
        <ButtonLink kind="primary" wide to={paths.driver.home}>
          {texts.toVehicles}
        </ButtonLink>
      }
    >
      {waiting?.refusal ? (
        <Notice tone="red" title={`${texts.refused}: ${refusalText(waiting.refusal, refusals)}`} />
      ) : (
        <Notice tone={isFiled ? "green" : "amber"} title={isFiled ? texts.submittedBody(start.shop.name) : texts.savedBody}>
          {isFiled && waiting && photos > 0 && <p>{texts.photosComing(photos)}</p>}
          {isFiled && defects.some(({ video }) => video) && <p>{texts.videoComing}</p>}
        </Notice>
      )}
    </Screen>
  );
}
