import { sameText } from "~/platform/crypto.server";

/** Compared in constant time, because anyone can try it. */
export const isSetupCode = (typed: string, code: string): boolean => sameText(typed, code);
