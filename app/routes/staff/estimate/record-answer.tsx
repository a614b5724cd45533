import { useLoaderData } from "react-router";
import { AnswerForm } from "~/modules/estimates/answer-form.view";
import type { EstimateSnapshot } from "~/modules/estimates/estimate-snapshot";
import { useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Select } from "~/ui/field";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";
import { photoAt } from "./messages";

/** Records an answer that the customer gave by phone or at the counter. */
export function RecordAnswer({ snapshot }: { snapshot: EstimateSnapshot }) {
  const { isExpired } = useLoaderData<PageData>();
  const recording = useRefusedForm<typeof commands>()("answer");
  return (
    <Disclosure title="Record customer's answer" open={recording !== null}>
      <p className="pb-3 text-ink-soft">Use this when the customer answers by phone or at the counter. It counts like an answer in the portal.</p>
      <AnswerForm
        snapshot={snapshot}
        signed={{ label: "Answered by", value: "" }}
        blocked={isExpired ? "This estimate has expired. Revise it first." : null}
        photoAt={photoAt}
      >
        <Select label="How" name="how" defaultValue={recording?.typed.how ?? "phone"}>
          <option value="phone">By phone</option>
          <option value="in person">In person</option>
        </Select>
      </AnswerForm>
    </Disclosure>
  );
}
