import { oneLine } from "~/kernel/plain-text";
import { DAY } from "~/kernel/time";

/** What a browser shows. It is encrypted for that browser, and still holds no more than the row of the notifications page. */
export type PushMessage = {
  title: string;
  body: string;
  /** The page that a click opens, on the host that the browser added push on. */
  path: string;
  /** A later message with the same tag replaces an earlier one, also where it waits for the device. */
  tag: string;
  urgent: boolean;
};

/** Later nobody needs it: it is neither kept for a device nor tried again. */
export const PUSH_LASTS = DAY;

const LONGEST = { title: 200, body: 200 };
const SHORT = { title: 80, body: 0 };

function cut(text: string, most: number): string {
  // By whole signs: half an emoji is none.
  const signs = [...text];
  if (signs.length <= most) return text;
  return most === 0
    ? ""
    : `${signs
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

/** The text that is sent; `short` for a push service that refused a longer one. */
export function pushText({ title, body, path, tag }: PushMessage, options: { short: boolean }): string {
  const most = options.short ? SHORT : LONGEST;
  return JSON.stringify({ title: cut(oneLine(title), most.title), body: cut(oneLine(body), most.body), path, tag });
}
