import { Link } from "react-router";
import { Empty } from "~/ui/empty";
import { SearchField } from "~/ui/filters";
import { PageBody, PageHeader, Section } from "~/ui/page";
import type { HelpTopic } from "./topic";

type Props = {
  /** The topic of the page that it was opened from, or that was chosen. */
  topic: HelpTopic | null;
  query: string;
  /** What the search found, or all. */
  listed: readonly Pick<HelpTopic, "id" | "title">[];
  /** Where to go back to. */
  from: string | null;
};

/** Help of one portal: the topic of a page, a search, and the list of all topics. */
export function HelpPage({ topic, query, listed, from }: Props) {
  return (
    <>
      <PageHeader
        title="Help"
        action={
          from !== null && (
            <Link to={from} className="text-accent underline underline-offset-2">
              Back to the page
            </Link>
          )
        }
      />
      <PageBody>
        <div className="grid max-w-[45rem] gap-6">
          {topic && (
            <section aria-labelledby="topic" className="grid gap-2">
              <h2 id="topic" className="text-title">
                {topic.title}
              </h2>
              <p>{topic.text}</p>
              <p className="pt-1 font-semibold">Good to know</p>
              <ul className="grid list-disc gap-1 pl-5">
                {topic.mistakes.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </section>
          )}
          <SearchField label="Search help" value={query} />
          {listed.length === 0 ? (
            <Empty title="No help page has these words" body="Try one word, or ask the shop." />
          ) : (
            <Section title={query ? "Found" : "All help pages"} count={listed.length}>
              <ul className="grid gap-x-6 sm:grid-cols-2">
                {listed.map(({ id, title }) => (
                  <li key={id}>
                    <Link to={`?topic=${id}`} className="inline-flex min-h-(--target) items-center text-accent underline-offset-2 hover:underline">
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      </PageBody>
    </>
  );
}
