import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { MINUTE } from "~/kernel/time";
import { BoardColumn } from "./board";
import { LiveDot, type LiveStatus } from "./live-dot";
import { StateMark, type Tone } from "./state-mark";
import { UnitPlate } from "./unit-plate";

const tones: readonly Tone[] = ["slate", "blue", "amber", "green", "red"];
const textOf = (markup: string) => markup.replace(/<[^>]+>/g, "");
const svgOf = (markup: string) => /<svg.*<\/svg>/s.exec(markup)?.[0].replace(/data-tone="\w+"/, "");

test("a plate reads as its number, with its state if no label is next to it", () => {
  expect(textOf(html(<UnitPlate number="101" />))).toBe("101");
  expect(textOf(html(<UnitPlate number="101" state="green" stateLabel="moving" />))).toBe("101, moving");
});

test("each state has its own shape, on plates and marks", () => {
  expect(new Set(tones.map((tone) => svgOf(html(<UnitPlate number="1" state={tone} />)))).size).toBe(5);
  expect(new Set(tones.map((tone) => svgOf(html(<StateMark tone={tone} label="" />)))).size).toBe(5);
});

test("the live dot shows how fresh the page is", () => {
  const dot = (status: LiveStatus, lastMessageAt: number | null) => textOf(html(<LiveDot status={status} lastMessageAt={lastMessageAt} now={10 * MINUTE} />));
  expect(dot("live", 0)).toBe("live");
  expect(dot("reconnecting", null)).toBe("connecting");
  expect(dot("reconnecting", 0)).toBe("reconnecting");
  expect(dot("offline", 6 * MINUTE)).toBe("last update 4 min ago");
  expect(dot("offline", 10 * MINUTE)).toBe("last update just now");
  expect(dot("offline", null)).toBe("not connected");
  expect(dot("too-many", 0)).toBe("Too many windows of this site are open. Close some, then come back to this one.");
});

test("a board column's accessible name is its title", () => {
  const markup = html(<BoardColumn title="On hold" tone="amber" count={3} note="oldest 6 d" />);
  const heading = /aria-labelledby="([^"]+)"/.exec(markup)?.[1];
  expect(markup).toContain(`id="${heading}" class="text-lead">On hold</h2>`);
});
