import { afterEach, beforeAll } from "vitest";
import { appIsReady } from "../browser/app.ts";
import { closePages } from "../browser/browser.ts";

beforeAll(appIsReady);
afterEach(({ task }) => closePages(task));
