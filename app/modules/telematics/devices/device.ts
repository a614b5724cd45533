import { err, ok, type Result } from "~/kernel/result";
import { deviceIdIn } from "../readings/field";

/** The id that a device sends: NL-101, an IMEI, a phone number. */
export function checkDeviceCode(text: string): Result<string, { kind: "bad-code"; message: string }> {
  const code = deviceIdIn(text);
  return code ? ok(code) : err({ kind: "bad-code", message: "Enter the id the tracker sends, up to 64 printable characters." });
}
