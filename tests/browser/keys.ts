import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const MOST_TABS = 150;

/** What has the focus, seen as a person does who has no mouse. */
function focusOf(): { isLost: boolean; isSeen: boolean; what: string } {
  const it = document.activeElement;
  if (!(it instanceof HTMLElement) || it === document.body) return { isLost: true, isSeen: false, what: "nothing" };
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const what = `${it.tagName} ${(it.getAttribute("aria-label") ?? it.getAttribute("name") ?? it.textContent ?? "").slice(0, 60)}`;
  // The parts of a date each get the focus, which the browser draws within.
  const isMarked = it.matches("input[type^=date]") || (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0);
  return { isLost: false, isSeen: isInSight && isMarked, what };
}

/** A person at a keyboard: keys only, and at every step something has the focus. */
export function byKeys(page: Page) {
  const { keyboard } = page;
  /** Which way the target is from what has the focus; null where the target has it. */
  const wayTo = (target: Locator) =>
    target.evaluate((it) => {
      const from = document.activeElement;
      if (it === from) return null;
      return from && from.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING && !from.contains(it) ? "Shift+Tab" : "Tab";
    });

  /** Waits for what a step brings; the focus must not be lost by it. */
  async function then(target: Locator): Promise<void> {
    await target.waitFor();
    await page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body);
  }

  /** Tab, or Shift+Tab where it comes before, until the target has the focus; each stop is in sight. */
  async function to(target: Locator): Promise<void> {
    await target.waitFor();
    for (let pressed = 0; ; pressed++) {
      const key = await wayTo(target);
      if (key === null) return;
      if (pressed === MOST_TABS) throw new Error(`${MOST_TABS} times ${key} did not lead to ${target}`);
      await keyboard.press(key);
      // What comes into sight by having the focus takes a frame to do so.
      const message = `after ${pressed + 1} times ${key} on the way to ${target}`;
      await expect.poll(() => page.evaluate(focusOf), { message }).toMatchObject({ isLost: false, isSeen: true });
    }
  }

  return {
    to,
    then,
    async press(target: Locator, key = "Enter"): Promise<void> {
      await to(target);
      await keyboard.press(key);
    },
    async type(target: Locator, text: string): Promise<void> {
      await to(target);
      await keyboard.type(text);
    },
  };
}
