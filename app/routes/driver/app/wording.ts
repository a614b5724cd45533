import { type InspectionLabels, inspectionLabels, type Language } from "~/modules/inspections/checklists/labels";
import { type FilingTexts, filingRefusals } from "~/modules/inspections/filing/refusals";
import { type DriverTexts, englishTexts } from "./texts";

/** Everything that the app shows in one language. */
export type Wording = { language: Language; texts: DriverTexts; labels: InspectionLabels; refusals: FilingTexts };

export const english: Wording = { language: "en", texts: englishTexts, labels: inspectionLabels.en, refusals: filingRefusals };

/** Spanish is loaded by who reads it; the phone keeps it with the rest of the app. */
export const wordingOf = async (language: Language): Promise<Wording> => (language === "es" ? (await import("./spanish")).spanish : english);
