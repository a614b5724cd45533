import type { Portal } from "./audience.ts";
import { DAY, HOUR, MINUTE } from "./time.ts";

/**
 * `own`: on a device of the person's. `shared`: by code and PIN, on a device that others use next. `view`: staff who look
 * at a portal as that person sees it, and change nothing.
 */
export type SessionKind = "personal" | "shared" | "impersonation";

/** How long a session lives without use, and at most; null is no upper limit. */
export type Limits = { idle: number; absolute: number | null };
/** What a shop has set for itself; what it has not stays as below. */
export type SessionRules = Partial<Record<Portal, Limits>>;

export const usualLimits: Record<Portal, Limits> = {
  staff: { idle: 12 * HOUR, absolute: 30 * DAY },
  customer: { idle: 7 * DAY, absolute: null },
  vendor: { idle: 7 * DAY, absolute: 30 * DAY },
  driver: { idle: 30 * DAY, absolute: null },
};

/** By code and PIN, whoever of the drivers it is: somebody else takes the tablet next. */
export const sharedLimits: Limits = { idle: 10 * MINUTE, absolute: 12 * HOUR };

/** Staff who look at a portal as one of its people sees it. */
export const viewLimits: Limits = { idle: 30 * MINUTE, absolute: 30 * MINUTE };

/** What a shop may choose: short enough to protect, long enough to work. Staff count in hours, portals in days. */
export const idleBounds = {
  staff: { unit: "hours", least: 1, most: 72 },
  vendor: { unit: "days", least: 1, most: 30 },
  customer: { unit: "days", least: 1, most: 60 },
} as const;
/** A customer's session at most, in days. */
export const capBounds = { least: 1, most: 365 } as const;

export const limitsFor = (rules: SessionRules | null, portal: Portal): Limits => rules?.[portal] ?? usualLimits[portal];

/** As the page asks for it: whole hours or days; no cap is null. */
export type SessionRulesForm = { staffHours: number; vendorDays: number; customerDays: number; customerCapDays: number | null };

export function rulesFromForm({ staffHours, vendorDays, customerDays, customerCapDays }: SessionRulesForm): SessionRules {
  return {
    staff: { ...usualLimits.staff, idle: staffHours * HOUR },
    vendor: { ...usualLimits.vendor, idle: vendorDays * DAY },
    customer: { idle: customerDays * DAY, absolute: customerCapDays === null ? null : customerCapDays * DAY },
  };
}

export function formOf(rules: SessionRules | null): SessionRulesForm {
  const cap = limitsFor(rules, "customer").absolute;
  return {
    staffHours: limitsFor(rules, "staff").idle / HOUR,
    vendorDays: limitsFor(rules, "vendor").idle / DAY,
    customerDays: limitsFor(rules, "customer").idle / DAY,
    customerCapDays: cap === null ? null : cap / DAY,
  };
}
