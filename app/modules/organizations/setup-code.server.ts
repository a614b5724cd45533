import { sameText } from "~/platform/crypto.server";

/** Compared in constant time, before anybody is known. */
export const isSetupCode = (typed: string, code: string): boolean => sameText(typed, code);
