/** How a failure mode bears on the driver: `none` says nothing about how bad it is. */
type Weight = "severe" | "slight" | "signal" | "none";
export type FailureMode = { description: string; weight: Weight; side: "high" | "low" | null };

const mode = (description: string, weight: Weight, side: FailureMode["side"] = null): FailureMode => ({ description, weight, side });

/** J1939 failure mode identifiers 0 to 31, in our own words; 22 to 30 are reserved. */
export const failureModes: Readonly<Record<number, FailureMode>> = {
  0: mode("far above normal", "severe", "high"),
  1: mode("far below normal", "severe", "low"),
  2: mode("signal jumps or makes no sense", "signal"),
  3: mode("voltage too high or shorted to supply", "signal"),
  4: mode("voltage too low or shorted to ground", "signal"),
  5: mode("current too low or circuit open", "signal"),
  6: mode("current too high or circuit grounded", "signal"),
  7: mode("mechanical part does not respond", "severe"),
  8: mode("signal frequency or pulse is wrong", "signal"),
  9: mode("updates come too seldom", "signal"),
  10: mode("changes faster than it can", "signal"),
  11: mode("failure of unknown cause", "signal"),
  12: mode("device or part is bad", "signal"),
  13: mode("out of calibration", "signal"),
  14: mode("see the maker's instructions", "none"),
  15: mode("slightly above normal", "slight", "high"),
  16: mode("clearly above normal", "severe", "high"),
  17: mode("slightly below normal", "slight", "low"),
  18: mode("clearly below normal", "severe", "low"),
  19: mode("data from the network is in error", "signal"),
  20: mode("reading has drifted high", "signal"),
  21: mode("reading has drifted low", "signal"),
  31: mode("condition is present", "none"),
};
