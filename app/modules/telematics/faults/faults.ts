import { type FaultCode, faultKey } from "../readings/reading";
import { type Grade, type Part, parts } from "./fault-components";
import { failureModes } from "./fault-descriptions";
import { obdCodes, obdSystems } from "./obd-codes";

/** `stop`: do not drive. `soon`: book it this week. `plan`: at the next service. */
export type Urgency = "stop" | "soon" | "plan";
export type FaultDescription = { code: string; title: string; urgency: Urgency };

/** SPN has 19 bits, FMI 5 (SAE J1939-73). */
export const isSpn = (value: unknown): value is number => isWhole(value) && value <= 524_287;
export const isFmi = (value: unknown): value is number => isWhole(value) && value <= 31;
/** SAE J2012, in capitals. */
export const isDtc = (value: unknown): value is string => typeof value === "string" && /^[PCBU][0-3][0-9A-F]{3}$/.test(value);

const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

export function describeFault(fault: FaultCode): FaultDescription {
  if ("dtc" in fault) return describeDtc(fault.dtc);
  const known = parts[fault.spn];
  const mode = failureModes[fault.fmi];
  return {
    code: `SPN ${fault.spn} FMI ${fault.fmi}`,
    title: `${known?.name ?? `Parameter ${fault.spn}`}: ${mode?.description ?? "reserved failure mode"}`,
    urgency: urgencyOf(known, fault.fmi),
  };
}

/** A unit with such a fault should not be driven on. */
export const isStop = (fault: FaultCode): boolean => describeFault(fault).urgency === "stop";

function describeDtc(dtc: string): FaultDescription {
  const { title, grade } = obdCodes[dtc] ?? obdSystems[dtc.charAt(0)] ?? { title: "Unknown fault", grade: "comfort" };
  return { code: dtc, title, urgency: byGrade[grade] };
}

/** A vital part means stop only if its value is bad; a bad sensor can wait for the shop. */
function urgencyOf(known: Part | undefined, fmi: number): Urgency {
  const mode = failureModes[fmi];
  if (!mode) return "plan";
  const hurts = mode.weight === "severe" && (!known?.harm || known.harm === mode.side);
  if (!known) return hurts ? "soon" : "plan";
  if (known.grade === "comfort") return "plan";
  if (hurts) return byGrade[known.grade];
  // A slight deviation of a running part, or one to the harmless side, can wait for the next service.
  return known.grade === "running" && mode.side !== null ? "plan" : "soon";
}

const byGrade: Readonly<Record<Grade, Urgency>> = { vital: "stop", running: "soon", comfort: "plan" };

/** The fault that a key of `faultKey` names; null for a key of no form known. */
export function faultOf(key: string): FaultCode | null {
  const [, spn, fmi, dtc] = /^(?:spn:(\d+)\/fmi:(\d+)|dtc:(.+))$/.exec(key) ?? [];
  if (dtc !== undefined) return { dtc };
  return spn === undefined ? null : { spn: Number(spn), fmi: Number(fmi), occurrenceCount: null };
}

/** Faults opened and closed between two reports; null (not reported) changes nothing. */
export function changedFaults(before: readonly FaultCode[], after: readonly FaultCode[] | null): { opened: FaultCode[]; closed: FaultCode[] } {
  if (after === null) return { opened: [], closed: [] };
  const [was, is] = [byKey(before), byKey(after)];
  return {
    opened: [...is].filter(([key]) => !was.has(key)).map(([, fault]) => fault),
    closed: [...was].filter(([key]) => !is.has(key)).map(([, fault]) => fault),
  };
}

const byKey = (faults: readonly FaultCode[]): Map<string, FaultCode> => new Map(faults.map((fault) => [faultKey(fault), fault]));
