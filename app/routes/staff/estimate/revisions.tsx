import { useLoaderData } from "react-router";
import { draftOf, latestSent } from "~/modules/estimates/estimate";
import { EstimateSheet } from "~/modules/estimates/estimate-sheet.view";
import { answeredTotal } from "~/modules/estimates/estimate-snapshot";
import { MessageThread } from "~/modules/estimates/messages/message-thread.view";
import { stateLabels } from "~/modules/estimates/revision";
import { Disclosure } from "~/ui/disclosure";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import type { PageData } from "./data.server";
import { photoAt, type useThread } from "./messages";

/** What the customer sees or will see, followed by earlier revisions. */
export function EstimateSheets({ thread }: { thread: ReturnType<typeof useThread> }) {
  const { estimate, preview } = useLoaderData<PageData>();
  const [draft, latest] = [draftOf(estimate), latestSent(estimate)];
  const oldest = estimate.revisions[0]?.revision ?? 1;
  const { money } = useFormat();
  return (
    <>
      {draft && preview && (
        <Section title={latest ? `Revision ${draft.revision}, as the customer will see it` : "As the customer will see it"}>
          <EstimateSheet snapshot={preview} photoAt={photoAt} />
        </Section>
      )}
      {estimate.revisions
        .filter(({ offer: sent }) => sent !== null)
        .reverse()
        .map(({ revision, state, offer: sent, decision }) =>
          sent && revision === latest?.revision && !draft ? (
            <Section key={revision} title={`Revision ${revision}, as the customer sees it`}>
              <EstimateSheet
                snapshot={sent.snapshot}
                decision={decision}
                photoAt={photoAt}
                threadOf={(line) => <MessageThread lineId={line.id} of={line.text} {...thread} />}
              />
            </Section>
          ) : (
            sent && (
              <Disclosure key={revision} title={`Revision ${revision}: ${stateLabels[state].toLowerCase()}, ${money(answeredTotal(sent.snapshot, decision))}`}>
                <EstimateSheet snapshot={sent.snapshot} decision={decision} photoAt={photoAt} />
              </Disclosure>
            )
          ),
        )}
      {oldest > 1 && <p className="text-ink-soft">Showing the {estimate.revisions.length} newest revisions. Older ones are still available as PDFs.</p>}
    </>
  );
}
