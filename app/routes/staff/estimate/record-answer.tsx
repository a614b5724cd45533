import { useLoaderData } from "react-router";
import { AnswerForm } from "~/modules/estimates/estimate.view";
import type { EstimateSnapshot } from "~/modules/estimates/estimate-snapshot";
import { Disclosure } from "~/ui/disclosure";
import { Select } from "~/ui/field";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";
import { photoAt } from "./messages";

/** An answer that came by phone or at the counter. */
export function RecordAnswer({ snapshot }: { snapshot: EstimateSnapshot }) {
  const { isExpired, currency, locale } = useLoaderData<PageData>();
  const recording = useRefused()("answer");
  return (
    <Disclosure title="Record answer" open={recording !== undefined}>
      <p className="pb-3 text-ink-soft">For an answer on the phone or at the counter. It counts as one given in the portal does.</p>
      <AnswerForm
        snapshot={snapshot}
        typed={recording?.typed}
        errors={recording?.fields}
        signed={{ label: "Who answered", value: "" }}
        blocked={isExpired ? "It expired: revise it first" : null}
        photoAt={photoAt}
        currency={currency}
        locale={locale}
      >
        <Select label="How" name="how" defaultValue={recording?.typed.how ?? "phone"}>
          <option value="phone">On the phone</option>
          <option value="in person">In person</option>
        </Select>
      </AnswerForm>
    </Disclosure>
  );
}
