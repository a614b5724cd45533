import { spanishLabels } from "~/modules/inspections/checklists/labels.es";
import { spanishRefusals } from "~/modules/inspections/filing/refusals.es";
import { spanishTexts } from "./texts.es";

/** What `wordingOf` loads for who reads Spanish. */
export const spanish = { language: "es" as const, texts: spanishTexts, labels: spanishLabels, refusals: spanishRefusals };
