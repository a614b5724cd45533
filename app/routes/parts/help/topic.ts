import { matchPath } from "react-router";

/** A short page about a screen: what it is for, and what people get wrong. */
export type HelpTopic = {
  id: string;
  title: string;
  /** The addresses of the map that it is about. */
  pages: readonly string[];
  text: string;
  /** Two or three things that people get wrong, each with what is right. */
  mistakes: readonly string[];
};

const parameters = (page: string): number => page.split("/").filter((part) => part.startsWith(":")).length;

/** The topic of an address; a fixed address comes before one with a parameter. */
export const topicOf = (topics: readonly HelpTopic[], pathname: string): HelpTopic | null =>
  topics
    .flatMap((topic) => topic.pages.map((page) => ({ topic, page })))
    .sort((a, b) => parameters(a.page) - parameters(b.page))
    .find(({ page }) => matchPath(page, pathname))?.topic ?? null;

/** The topics that have all of the search terms, those with them in the title first. */
export function searchTopics(topics: readonly HelpTopic[], query: string): readonly HelpTopic[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => terms.every((term) => text.toLowerCase().includes(term));
  const found = topics.filter(({ title, text, mistakes }) => has([title, text, ...mistakes].join(" ")));
  return [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))];
}
