/** Severity of a failure mode; `none` if it is unknown. */
type Weight = "severe" | "slight" | "signal" | "none";
export type FailureMode = { description: string; weight: Weight; side: "high" | "low" | null };

const mode = (description: string, weight: Weight, side: FailureMode["side"] = null): FailureMode => ({ description, weight, side });

/** J1939 failure mode identifiers 0 to 31, with our own labels; 22 to 30 are reserved. */
export const failureModes: Readonly<Record<number, FailureMode>> = {
  0: mode("far above normal", "severe", "high"),
  1: mode("far below normal", "severe", "low"),
  2: mode("erratic or incorrect signal", "signal"),
  3: mode("voltage too high or shorted to supply", "signal"),
  4: mode("voltage too low or shorted to ground", "signal"),
  5: mode("current too low or circuit open", "signal"),
  6: mode("current too high or circuit grounded", "signal"),
  7: mode("mechanical part not responding", "severe"),
  8: mode("abnormal signal frequency or pulse width", "signal"),
  9: mode("abnormal update rate", "signal"),
  10: mode("abnormal rate of change", "signal"),
  11: mode("unknown root cause", "signal"),
  12: mode("bad device or component", "signal"),
  13: mode("out of calibration", "signal"),
  14: mode("see the manufacturer's instructions", "none"),
  15: mode("slightly above normal", "slight", "high"),
  16: mode("clearly above normal", "severe", "high"),
  17: mode("slightly below normal", "slight", "low"),
  18: mode("clearly below normal", "severe", "low"),
  19: mode("network data error", "signal"),
  20: mode("reading drifted high", "signal"),
  21: mode("reading drifted low", "signal"),
  31: mode("condition is present", "none"),
};
