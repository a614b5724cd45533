import type { Locator, Page, Route, WebSocket, WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFaults, allowErrors, dragTo, signInByPassword } from "./browser.ts";

const column = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const card = (within: Locator, number: string): Locator => within.getByRole("article").filter({ hasText: number });

async function board(options: Parameters<typeof signInByPassword>[1] = {}): Promise<Page> {
  const page = await signInByPassword("owner@harbor.test", options);
  await page.goto("/board");
  return page;
}

const live = (page: Page) => page.getByRole("status").filter({ hasText: "live" }).waitFor();

test("a card that is dragged in one browser moves in another without a reload", async () => {
  const [here, there] = [await board(), await board()];
  await Promise.all([live(here), live(there)]);
  await there.evaluate(() => Object.assign(window, { notReloaded: true }));
  await dragTo(card(column(here, "Open"), "WO-1002"), column(here, "In progress"));
  await card(column(here, "In progress"), "WO-1002").waitFor();
  await card(column(there, "In progress"), "WO-1002").waitFor();
  expect(await there.evaluate(() => "notReloaded" in window)).toBe(true);
});

test("the keyboard moves a card, and the focus goes with it; a hold asks what it waits for", async () => {
  const page = await board();
  await live(page);
  await card(column(page, "Open"), "WO-1003").focus();
  await page.keyboard.press("Shift+ArrowRight");
  await card(column(page, "In progress"), "WO-1003").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("WO-1003");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("dialog", { name: "What is it waiting for?" }).getByRole("button", { name: "Waiting for parts" }).click();
  await card(column(page, "On hold"), "WO-1003").getByText("On hold: waiting for parts").waitFor();
});

test("a reading that was begun before a move, and comes after it, takes nothing back", async () => {
  const page = await signInByPassword("owner@harbor.test");
  const [line, reading] = [await cuttable(page), await heldReading(page)];
  await page.goto("/board");
  await reading.begun;
  // No notice of the move makes the page revalidate once more.
  await line.cut();
  const moved = card(column(page, "Draft"), "WO-1001");
  await moved.focus();
  const readAnew = page.waitForResponse((answer) => /board\.data/.test(answer.url()) && answer.request().method() === "GET");
  await page.keyboard.press("Shift+ArrowRight");
  await (await readAnew).finished();
  await reading.comes();
  await card(column(page, "Open"), "WO-1001").focus();
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.keyboard.press("Shift+ArrowRight");
  expect((await answered).status()).toBe(200);
  await card(column(page, "In progress"), "WO-1001").waitFor();
});

/** The first reading of the board after the page itself is answered at once, and arrives when it is let go. */
async function heldReading(page: Page) {
  let [begin, letGo, arrive] = [() => {}, () => {}, () => {}];
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const hold = async (route: Route) => {
    const response = await route.fetch();
    begin();
    await free;
    await route.fulfill({ response });
    arrive();
  };
  await page.route(/board\.data/, hold, { times: 1 });
  return {
    begun,
    async comes() {
      letGo();
      await arrived;
      await page.evaluate(
        () => new Promise((settled) => requestIdleCallback(() => requestIdleCallback(() => settled(null), { timeout: 1_000 }), { timeout: 1_000 })),
      );
    },
  };
}

test("Move to works without scripts, and an impossible move gives its reason", async () => {
  const page = await board({ javaScriptEnabled: false });
  const draft = card(column(page, "Draft"), "WO-1000");
  await draft.getByText("Move to").click();
  const blocked = draft.getByRole("button", { name: /Completed/ });
  expect(await blocked.isDisabled()).toBe(true);
  await blocked.getByText("Open it first. It's still a draft.").waitFor();
  await draft.getByRole("button", { name: "Open", exact: true }).click();
  await card(column(page, "Open"), "WO-1000").waitFor();
});

test("the second of two people who move the same card gets a conflict and sees where the card is now", async () => {
  allowErrors(/status of (409|422)/);
  const [first, second] = [await board(), await board({ javaScriptEnabled: false })];
  await live(first);
  await card(column(first, "In progress"), "WO-1007").getByText("Move to").click();
  await card(column(first, "In progress"), "WO-1007").getByRole("button", { name: "Completed", exact: true }).click();
  await card(column(first, "Completed"), "WO-1007").waitFor();
  const asked = first.getByRole("dialog", { name: "WO-1007 is completed" });
  await asked.getByRole("button", { name: "Save reading" }).click();
  await asked.getByText("Enter a number such as 412,345").waitFor();
  await asked.getByLabel(/^Odometer of unit/).fill("999,001");
  await asked.getByRole("button", { name: "Save reading" }).click();
  await asked.waitFor({ state: "detached" });
  await card(column(second, "In progress"), "WO-1007").getByText("Move to").click();
  await card(column(second, "In progress"), "WO-1007").getByRole("button", { name: "Open", exact: true }).click();
  await second.getByText("Someone else moved this order first").waitFor();
  await card(column(second, "Completed"), "WO-1007").waitFor();
});

test("a board that was cut off catches up from the number that it last saw", async () => {
  const here = await board();
  const away = await signInByPassword("owner@harbor.test");
  const line = await cuttable(away);
  await away.goto("/board");
  await Promise.all([live(here), live(away)]);
  // The page is "live" once its socket is open; it knows a number to catch up from once the room has sent the first one.
  await expect.poll(() => line.received.some((message) => message.includes('"hello"'))).toBe(true);
  await line.cut();
  await away.getByRole("status").filter({ hasText: "reconnecting" }).waitFor();
  await card(column(here, "In progress"), "WO-1006").getByText("Move to").click();
  await card(column(here, "In progress"), "WO-1006").getByRole("button", { name: "Open", exact: true }).click();
  await card(column(here, "Open"), "WO-1006").waitFor();
  line.restore();
  await live(away);
  await card(column(away, "Open"), "WO-1006").waitFor();
  expect(line.asked.filter((url) => /since=\d+/.test(url))).not.toEqual([]);
});

/** A page's sockets on a line that can be cut and mended. */
async function cuttable(page: Page) {
  let isCut = false;
  const open: WebSocketRoute[] = [];
  const asked: string[] = [];
  const received: string[] = [];
  await page.routeWebSocket(/\/parties\//, (socket) => {
    if (isCut) return void socket.close({ code: 1001 });
    asked.push(socket.url());
    socket.connectToServer().onMessage((message) => {
      received.push(String(message));
      socket.send(message);
    });
    open.push(socket);
  });
  return {
    asked,
    received,
    async cut() {
      isCut = true;
      for (const socket of open.splice(0)) await socket.close({ code: 1001 });
    },
    restore() {
      isCut = false;
    },
  };
}

test("another shop's board holds none of it", async () => {
  const page = await signInByPassword("owner@ridge.test");
  await page.goto("/board");
  await column(page, "Open").waitFor();
  expect(await page.content()).not.toContain("Northline");
  expect(await page.content()).toContain("Lakeshore Produce");
});

/** The addresses of the sockets that a page has open. */
function socketsOf(page: Page): () => string[] {
  const open = new Set<WebSocket>();
  page.on("websocket", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  return () => [...open].map((socket) => socket.url());
}

test("who has an order open is shown on the board and to the other who has it open", async () => {
  const [here, there] = [await board(), await signInByPassword("tech@harbor.test")];
  await live(here);
  const sockets = socketsOf(here);
  await here.reload();
  await live(here);
  await card(column(here, "On hold"), "WO-1008").getByRole("link", { name: "WO-1008" }).click();
  await here.getByRole("heading", { level: 1, name: "Transmission shudder in 8th" }).waitFor();
  await there.goto(here.url());
  await here.getByText("Sam Ode is viewing this").waitFor();
  await there.getByText("Joan Petrak is viewing this").waitFor();
  // The page and the bell in its frame listen to one.
  await expect.poll(() => sockets().filter((url) => url.includes("board-room"))).toEqual([expect.stringContaining("at=wo_")]);
  await here.goto("/board");
  await card(column(here, "On hold"), "WO-1008").getByText("Sam Ode is viewing this").waitFor();
  await there.goto("/work-orders");
  await card(column(here, "On hold"), "WO-1008").getByText("Sam Ode is viewing this").waitFor({ state: "detached" });
});

test("a board is narrowed to somebody's cards, to late ones, to words, with and without scripts", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await board({ javaScriptEnabled });
    await page.getByRole("link", { name: "Ivo Lang", exact: true }).click();
    await card(column(page, "On hold"), "WO-1009").waitFor();
    await expect.poll(() => page.getByRole("article").filter({ hasText: "Marta Ruiz" }).count()).toBe(0);
    await page.getByRole("link", { name: "Late", exact: true }).click();
    await page.waitForURL(/late=yes/);
    await card(column(page, "On hold"), "WO-1009").waitFor();
    await page.getByLabel("Find on the board").fill("nothing like it");
    await page.getByLabel("Find on the board").press("Enter");
    await column(page, "On hold").getByText("No orders match the filter.").waitFor();
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
  }
});

test("on the wall nothing scrolls, and no word is smaller than 28 px on 1080 lines or 56 px on 2160", async () => {
  for (const [width, height, least] of [
    [1920, 1080, 28],
    [3840, 2160, 56],
  ] as const) {
    const page = await signInByPassword("tech@harbor.test", { viewport: { width, height } });
    await page.goto("/board/wall");
    await page.getByRole("region", { name: "On hold" }).getByText("WO-1009").waitFor();
    await live(page);
    const seen = await page.evaluate(() => {
      const texts = [...document.querySelectorAll("main *")].filter(
        (element) => element.getBoundingClientRect().width > 2 && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      );
      return {
        smallest: Math.min(...texts.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))),
        overflow: document.documentElement.scrollHeight - window.innerHeight,
      };
    });
    expect(seen.smallest).toBeGreaterThanOrEqual(least);
    expect(seen.overflow).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  }
});
