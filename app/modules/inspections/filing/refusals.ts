/** Why a driver's report or photo was not taken, in English. Spanish is in refusals.es.ts; the phone shows its driver's language. */
export const filingRefusals = {
  "access-ended": () => "Your access ended before you signed this report. Call the shop.",
  "damaged-photo": () => "A photo isn't the one that was signed. Try again.",
  "damaged-video": () => "A video isn't the one that was signed. Try again.",
  "group-missing": (unit: string) => `Not every group of parts of ${unit} was looked at.`,
  "id-taken": () => "Another report was filed under this id, so this one was not. Show this to the shop.",
  "no-such-checklist": (unit: string) => `There is no such checklist for ${unit}. Update the app.`,
  "no-such-driver": () => "The shop no longer lists you as a driver. Call the shop.",
  "part-unknown": (unit: string) => `A defect of ${unit} is about a part that isn't on its checklist.`,
  "photo-gone": () => "A photo of this report is gone from this phone.",
  "photo-not-taken": () => "A photo of this report can't be read by the shop.",
  "photo-too-large": () => "A photo can have up to 12 MB.",
  "photo-unknown": () => "No report of yours has this photo. Send the report first.",
  "portal-closed": () => "The shop closed this portal. Call the shop.",
  "reason-missing": () => "Enter why you reject the repair.",
  "same-ids": () => "Two entries have the same id.",
  "signed-before-start": () => "It was signed before it was started. Check the phone's clock.",
  "token-ended": () => "You were signed out on this phone. Sign in again to send it; it is kept here.",
  "too-long": () => "This report is too long. Shorten its notes.",
  "too-many-photos": () => "It has more than 60 photos. Remove some.",
  "video-gone": () => "A video of this report is gone from this phone.",
  "video-not-taken": () => "A video of this report can't be read by the shop.",
  "video-unknown": () => "No report of yours has this video. Send the report first.",
  unreadable: () => "The shop can't read this report. Update the app.",
} as const;
export type FilingCode = keyof typeof filingRefusals;
export type FilingTexts = Record<FilingCode, (unit: string) => string>;

/** A refusal as it travels: the phone has the words; `error` is what it shows where it doesn't know the code yet. */
export type SentRefusal = { code: string; unit: string; error: string };

/** In the words of a catalog. */
export function refusalText({ code, unit, error }: SentRefusal, texts: FilingTexts): string {
  return code in texts ? texts[code as FilingCode](unit) : error; // narrowed by the `in` beside it
}
