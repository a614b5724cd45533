import { useLoaderData } from "react-router";
import { formatMoney } from "~/kernel/money";
import { draftOf, offered } from "~/modules/estimates/estimate";
import { EstimateSheet } from "~/modules/estimates/estimate.view";
import { Talk } from "~/modules/estimates/messages/message-thread.view";
import { stateWords } from "~/modules/estimates/revision";
import { Disclosure } from "~/ui/disclosure";
import { Section } from "~/ui/page";
import type { PageData } from "./data.server";
import { photoAt, type useTalk } from "./messages";

/** What the customer sees or will see; then the revisions before it. */
export function EstimateSheets({ talk }: { talk: ReturnType<typeof useTalk> }) {
  const { estimate, preview, currency, locale } = useLoaderData<PageData>();
  const [draft, offer] = [draftOf(estimate), offered(estimate)];
  const oldest = estimate.revisions[0]?.revision ?? 1;
  const money = { currency, locale };
  return (
    <>
      {draft && preview && (
        <Section title={offer ? `Revision ${draft.revision}, as the customer will see it` : "As the customer will see it"}>
          <EstimateSheet shown={preview} photoAt={photoAt} {...money} />
        </Section>
      )}
      {estimate.revisions
        .filter(({ offer: sent }) => sent !== null)
        .reverse()
        .map(({ revision, state, offer: sent, decision }) =>
          sent && revision === offer?.revision && !draft ? (
            <Section key={revision} title={`Revision ${revision}, as the customer sees it`}>
              <EstimateSheet
                shown={sent.shown}
                decision={decision}
                photoAt={photoAt}
                {...money}
                talkOf={(line) => <Talk lineId={line.id} of={line.text} {...talk} />}
              />
            </Section>
          ) : (
            sent && (
              <Disclosure
                key={revision}
                title={`Revision ${revision}: ${stateWords[state].toLowerCase()}, ${formatMoney(sent.shown.charges.total, currency, locale)}`}
              >
                <EstimateSheet shown={sent.shown} decision={decision} photoAt={photoAt} {...money} />
              </Disclosure>
            )
          ),
        )}
      {oldest > 1 && <p className="text-ink-soft">The {estimate.revisions.length} newest revisions are shown here. The PDF of an older one stays.</p>}
    </>
  );
}
