import * as z from "zod";
import { err, type Result } from "~/kernel/result";
import { localInstant, toUtcMs } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { type CorrectionRefusal, correctReading, decideReading } from "~/modules/assets/meters/decide-reading.server";
import { type ReviewReason, reviewLabels } from "~/modules/assets/meters/judge-reading";
import { meterKinds } from "~/modules/assets/meters/meter";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { replaceMeter } from "~/modules/assets/meters/replace-meter.server";
import { doubtQuestion } from "~/modules/assets/meters/replacement";
import { undoReplacement } from "~/modules/assets/meters/undo-replacement.server";
import { confirmedField, idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { askAgain, invalid, onField } from "~/platform/http/refusals.server";

const NUMBER = "Enter a number such as 412,345.";
const TIME = "Enter a date and time, or leave it empty for now.";
const FUTURE = "Enter a time that isn't in the future.";

/** Names one reading: it has no id of its own. */
const reading = { meter: z.enum(meterKinds), at: z.coerce.number().int().transform(toUtcMs), source: z.string().max(200) };
const held = (reason: ReviewReason) => `Recorded for review: it ${reviewLabels[reason]}. It isn't used until someone accepts it.`;

/** What can be done with a unit's meters, on its own page and on that of its meters. */
export const meterCommands = {
  "record-reading": staff.command({
    permission: "meter:record",
    form: z.object({ meter: z.enum(meterKinds), reading: z.string(), readAt: z.string().default("") }),
    async run({ services, session, scope, id, form: { meter, reading: text, readAt } }) {
      const displayValue = parseReading(text);
      if (displayValue === null) return err(invalid({ reading: NUMBER }));
      const at = readAt === "" ? undefined : localInstant(readAt, scope.organization.zone);
      if (at === null) return err(invalid({ readAt: TIME }));
      const read = { assetId: id("asset"), meter, displayValue, source: `read by ${session.membership.name}` };
      return recordMeterReading(services, at === undefined ? read : { ...read, at });
    },
    done: ({ reason }) => (reason === null ? "Reading recorded." : { done: held(reason), tone: "amber" }),
    refusals: { "in-future": onField("readAt", FUTURE) },
  }),
  "accept-reading": staff.command({
    permission: "meter:review",
    form: z.object(reading),
    run: ({ services, id, form }) => decideReading(services, { assetId: id("asset"), ...form }, "accept"),
    done: "Reading accepted. It counts from now on.",
  }),
  "dismiss-reading": staff.command({
    permission: "meter:review",
    form: z.object(reading),
    run: ({ services, id, form }) => decideReading(services, { assetId: id("asset"), ...form }, "dismiss"),
    done: "Reading dismissed. It counts for nothing, and stays in the log.",
  }),
  "correct-reading": staff.command({
    permission: "meter:review",
    form: z.object({ ...reading, right: z.string() }),
    async run({ services, id, form: { right, ...key } }): Promise<Result<null, CorrectionRefusal | ReturnType<typeof invalid>>> {
      const displayValue = parseReading(right);
      if (displayValue === null) return err(invalid({ right: NUMBER }));
      return correctReading(services, { assetId: id("asset"), ...key }, displayValue);
    },
    done: "Reading corrected. The wrong one stays in the log.",
    refusals: { "does-not-fit": ({ reason }) => onField("right", `This one ${reviewLabels[reason]} too. Check it against the readings around it.`) },
  }),
};

/** Replacing a meter is done on the page of the unit's meters only. */
export const replaceMeterCommand = staff.command({
  permission: "meter:review",
  form: z.object({
    meter: z.enum(meterKinds),
    replacedAt: z.string(),
    oldShows: z.string(),
    newShows: z.string(),
    name: z.string().trim().max(60, "Use at most 60 characters."),
    ...confirmedField,
  }),
  async run({ services, scope, id, form: { meter, replacedAt, name, confirmed, ...texts } }) {
    const at = localInstant(replacedAt, scope.organization.zone);
    const oldShows = texts.oldShows.trim() === "" ? null : parseReading(texts.oldShows);
    const newShows = parseReading(texts.newShows);
    if (at === null) return err(invalid({ replacedAt: "Enter the date and time of the replacement." }));
    if (texts.oldShows.trim() !== "" && oldShows === null) return err(invalid({ oldShows: NUMBER }));
    if (newShows === null) return err(invalid({ newShows: NUMBER }));
    return replaceMeter(services, { assetId: id("asset"), meter, at, oldShows, newShows, name, confirmed });
  },
  done: ({ held }) => `Meter replaced. The unit's total goes on from what the old one showed.${toReview(held)}`,
  refusals: {
    "in-future": onField("replacedAt", FUTURE),
    "before-last": onField("replacedAt", "Enter a time after the last replacement of this meter."),
    "no-total": onField("oldShows", "Enter what the old meter showed: there is no earlier reading to take."),
    doubtful: ({ doubts }) => askAgain(doubts.map(doubtQuestion).join(" "), doubts.join(" ")),
  },
});

/** The last replacement of a meter was a mistake. */
export const undoReplacementCommand = staff.command({
  permission: "meter:review",
  form: z.object({ meterId: idField("meter", "Reload the page.") }),
  run: ({ services, id, form: { meterId } }) => undoReplacement(services, { assetId: id("asset"), meterId }),
  done: ({ held }) => `Replacement undone. The readings since then are the old meter's again.${toReview(held)}`,
});

const toReview = (held: number): string =>
  held === 0 ? "" : held === 1 ? " 1 reading doesn't fit and needs review." : ` ${held} readings don't fit and need review.`;
