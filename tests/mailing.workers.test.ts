import { expect, it } from "vitest";
import { formatMailing, type MailingResult, mailSteps } from "./world/mailing/mailing-result";
import { playMailing } from "./world/mailing/play";

/*
 * Mails through a provider that is busy, fails, or takes a mail and answers nothing, while processes of ours die at any
 * step. `npm run campaign -- mail` plays as many mails as one likes at the provider's own rate; it sets these variables.
 */
const {
  VITE_MAIL_SEED: seed = "1",
  VITE_MAIL_SIZE: size = "20",
  VITE_MAIL_LIMIT: limit = "4",
  VITE_MAIL_BUSY: busy = "0.03",
  VITE_MAIL_HANGS: hangs = "0",
} = import.meta.env;

declare module "vitest" {
  interface TaskMeta {
    /** For the campaign's report. */
    mailing?: MailingResult;
  }
}

it("each mail reaches the provider once, whatever fails and dies, and no second sees more requests than the provider takes", async ({ task }) => {
  const result = await playMailing({
    seed: Number(seed),
    mails: Number(size),
    limit: Number(limit),
    shares: { busy: Number(busy), fails: 0.1, lost: 0.05, dropped: 0.05, hangs: Number(hangs) },
  });
  task.meta.mailing = result;
  const { lost, doubled, keys, mails, deaths } = result;
  expect({ lost, doubled, keys }, formatMailing(result)).toEqual({ lost: 0, doubled: 0, keys: mails });
  expect(result.most, formatMailing(result)).toBeLessThanOrEqual(result.limit);
  // Otherwise the run would prove nothing.
  expect(deaths).toEqual(mailSteps);
  expect(result.faults).toBeGreaterThan(0);
  expect(result.naive.doubled).toBeGreaterThan(0);
  expect(result.naive.most).toBeGreaterThan(result.limit);
});
