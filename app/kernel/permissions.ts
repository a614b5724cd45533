import type { Portal } from "./audience.ts";

export const roles = ["owner", "manager", "technician"] as const;
export type Role = (typeof roles)[number];

/** What staff may do, by role. Routes, screens and tests read this one table. */
const staffMay = {
  "fleet:read": ["owner", "manager", "technician"],
  "board:read": ["owner", "manager", "technician"],
  "work-order:read": ["owner", "manager", "technician"],
  "work-order:write": ["owner", "manager", "technician"],
  "work-order:move": ["owner", "manager", "technician"],
  "work-order:reopen": ["owner", "manager"],
  "line:authorize": ["owner", "manager"],
  "estimate:read": ["owner", "manager", "technician"],
  "estimate:write": ["owner", "manager", "technician"],
  "estimate:send": ["owner", "manager"],
  "labor:correct": ["owner", "manager"],
  "margin:read": ["owner", "manager"],
  "canned-job:manage": ["owner", "manager"],
  "invoice:read": ["owner", "manager"],
  "invoice:write": ["owner", "manager"],
  "payment:record": ["owner", "manager"],
  "shop-rules:manage": ["owner", "manager"],
  "organization:manage": ["owner", "manager"],
  "attachment:add": ["owner", "manager", "technician"],
  "attachment:read": ["owner", "manager", "technician"],
  "attachment:hide": ["owner", "manager", "technician"],
  "attachment:read-hidden": ["owner", "manager"],
  "device:manage": ["owner", "manager"],
  "asset:read": ["owner", "manager", "technician"],
  "asset:manage": ["owner", "manager"],
  "meter:record": ["owner", "manager", "technician"],
  "meter:review": ["owner", "manager"],
  "maintenance:read": ["owner", "manager", "technician"],
  "maintenance:record": ["owner", "manager", "technician"],
  "maintenance:manage": ["owner", "manager"],
  "customer:read": ["owner", "manager", "technician"],
  "customer:manage": ["owner", "manager"],
  "portal-access:manage": ["owner", "manager"],
  impersonate: ["owner", "manager"],
  "session-rules:manage": ["owner"],
  "payments:read": ["owner", "manager"],
  "square:connect": ["owner"],
  "vendor:manage": ["owner", "manager"],
  "vendor-job:manage": ["owner", "manager"],
  "driver:read": ["owner", "manager", "technician"],
  "driver:manage": ["owner", "manager"],
  "inspection:read": ["owner", "manager", "technician"],
  "defect:certify": ["owner", "manager", "technician"],
  "defect:certify-unnecessary": ["owner", "manager"],
  "inspection:match": ["owner", "manager", "technician"],
  "inspection:enter": ["owner", "manager", "technician"],
  "roadside:open": ["owner", "manager", "technician"],
  "people:manage": ["owner"],
  "journal:read": ["owner", "manager"],
  "settings:read": ["owner", "manager", "technician"],
  "session:own": ["owner", "manager", "technician"],
  "notice:own": ["owner", "manager", "technician"],
  "view:own": ["owner", "manager", "technician"],
} as const satisfies Record<string, readonly Role[]>;

const portalMay = {
  customer: [
    "fleet:read",
    "asset:read",
    "inspection:read",
    "defect:certify",
    "roadside:open",
    "work-order:read",
    "service:request",
    "calendar:share",
    "driver:manage",
    "settings:own",
    "export:own",
    "attachment:add",
    "attachment:read",
    "estimate:read",
    "estimate:answer",
    "invoice:read",
    "invoice:pay",
    "session:own",
  ],
  vendor: ["job:read", "job:answer", "attachment:add", "attachment:read", "session:own"],
  driver: ["home:read", "inspection:file", "session:own"],
} as const;

export type Permission<F extends Portal> = F extends "staff" ? keyof typeof staffMay : F extends keyof typeof portalMay ? (typeof portalMay)[F][number] : never;

const people: Record<string, string> = { owner: "the owner", "owner manager": "an owner or manager", "owner manager technician": "someone on staff" };

/** Why somebody may not use what a permission guards, for a button that is shown all the same. */
export function permissionRefusal(permission: string): string {
  const allowed = permission in staffMay ? people[staffMay[permission as keyof typeof staffMay].join(" ")] : undefined; // narrowed by the `in` beside it
  return allowed ? `Only ${allowed} can do this.` : "This isn't available to you.";
}

/** A portal's person may do what the portal offers; staff what their role allows. */
export function may(portal: Portal, role: Role | null, permission: string): boolean {
  if (portal !== "staff") return portalMay[portal].some((allowed) => allowed === permission);
  const allowed: readonly Role[] | undefined = permission in staffMay ? staffMay[permission as keyof typeof staffMay] : undefined; // narrowed by the `in` beside it
  return role !== null && (allowed ?? []).includes(role);
}
