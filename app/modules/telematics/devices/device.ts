import { err, ok, type Result } from "~/kernel/result";
import { deviceIdIn } from "../readings/field";

/** A device's own name for itself, as it sends it: NL-101, an IMEI, a phone's number. */
export function checkDeviceCode(text: string): Result<string, { kind: "bad-code"; message: string }> {
  const code = deviceIdIn(text);
  return code ? ok(code) : err({ kind: "bad-code", message: "Type the id that the tracker sends: up to 64 letters, digits and signs." });
}
