import { type HelpTopic, searchTopics, topicOf } from "./topic";

/** What a portal's help shows for an address: `?on=` names the page it is about, `?topic=` a topic, `?q=` searches. */
export function helpFor(topics: readonly HelpTopic[], url: URL) {
  const query = (url.searchParams.get("q") ?? "").slice(0, 100);
  const on = url.searchParams.get("on");
  // Only an address of our own is linked back to.
  const from = on !== null && /^\/(?!\/)[^\\]*$/.test(on) ? on : null;
  const chosen = topics.find(({ id }) => id === url.searchParams.get("topic"));
  const topic = query ? null : (chosen ?? (from === null ? null : topicOf(topics, from)));
  return { topic, query, from, listed: searchTopics(topics, query).map(({ id, title }) => ({ id, title })) };
}
