import { HOUR, type UtcMs } from "~/kernel/time";
import { isSignInMail } from "./mail";

/**
 * What is the matter with a mail that didn't leave. `trying`: it is tried again by itself. `given-up`, `unclear` and `held`
 * wait for a person. `again`, `dismissed` and `sent` are behind us.
 */
export type UnsentState = "trying" | "given-up" | "unclear" | "held" | "again" | "dismissed" | "sent";

/** States that wait for a person. */
export const openStates = ["given-up", "unclear", "held"] as const satisfies UnsentState[];
export type OpenState = (typeof openStates)[number];
export const isOpen = (state: UnsentState): boolean => (openStates as readonly UnsentState[]).includes(state);

/** The provider keeps an idempotency key for 24 hours; after it the same key would be a second mail. */
const KEY_LIVES = 23 * HOUR;
export const isKeyOver = (unclearSince: UtcMs | null, now: UtcMs): boolean => unclearSince !== null && now - unclearSince >= KEY_LIVES;

export const unsentLabels: Record<OpenState, string> = {
  "given-up": "Not sent",
  unclear: "May have been delivered",
  held: "Not sent: earlier mail to this address failed",
};

/** Whether its link signs somebody in. An effect that failed before its mail was written counts as its mail. */
export const signsIn = ({ template }: { template: string }): boolean => isSignInMail({ template: template.replace(/^mail\./, "") });

/** The key at the provider of a mail that a person had sent again. */
export const keyOfSending = (key: string, sendings: number): string => (sendings === 0 ? key : `again-${sendings}/${key}`);
