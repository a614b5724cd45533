import type { Role } from "~/kernel/permissions";

const all: readonly Role[] = ["owner", "manager", "technician"];
const managers: readonly Role[] = ["owner", "manager"];
const owners: readonly Role[] = ["owner"];
const everybody = "everybody";
const account = { "end-others": all, "begin-factor": all, "confirm-factor": all, "remove-factor": all };
const portalAccount = { "end-others": everybody } as const;

/** By address and command: the staff roles that may, or everybody of a portal. A command that is not here fails the matrix. */
export const commandExpectations: Record<string, Record<string, readonly Role[] | typeof everybody>> = {
  "/assets/:assetId": { "record-reading": all, "set-out-of-service": managers, "set-in-service": managers, "hand-over": managers, archive: managers },
  "/assets/:assetId/edit": { save: managers },
  "/customers/:customerId": {
    "switch-portal": managers,
    "add-contact": managers,
    "remove-contact": managers,
    "send-invite": managers,
    "view-as": managers,
  },
  "/customers/:customerId/account": {
    pay: managers,
    "give-credit": managers,
    allocate: managers,
    refund: managers,
    "pay-out": managers,
    reverse: managers,
    reinstate: managers,
  },
  "/customers/:customerId/contacts/:contactId": { save: managers },
  "/customers/:customerId/edit": { save: managers, archive: managers },
  "/drivers/:driverId": { save: managers, "reset-pin": managers, archive: managers, "assign-unit": managers, "end-assignment": managers },
  "/estimates/new": { create: all, open: all },
  "/estimates/:estimateId": { save: all, send: managers, revise: managers, withdraw: managers, answer: managers, message: all },
  "/files/:attachmentId/hide": { hide: all },
  "/settings/canned-jobs/:cannedJobId": { save: managers, archive: managers },
  "/settings/devices": { assign: managers, "issue-key": managers, "revoke-key": managers },
  "/settings/notifications": { save: all },
  "/settings/numbering": { set: managers },
  "/settings/organization": { save: managers },
  "/settings/people": { invite: owners, "change-role": owners, remove: owners },
  "/settings/rates": { save: managers },
  "/settings/sign-in-rules": { save: owners },
  "/settings/sign-ins": account,
  "/settings/tablets": { enroll: managers, remove: managers },
  "/settings/vendors/:vendorId": { save: managers, invite: managers, "add-user": managers, "remove-user": managers, "view-as": managers },
  "/work-orders/new": { open: all, "open-new": managers },
  "/work-orders/:orderId": {
    move: all,
    complete: all,
    arrive: all,
    release: all,
    reopen: managers,
    cancel: all,
    head: all,
    start: all,
    stop: all,
    correct: managers,
    "remove-job": all,
    canned: all,
    note: all,
    decide: managers,
    reason: managers,
    switch: managers,
    approve: managers,
  },
  "/work-orders/:orderId/jobs/:jobId": { save: all },
  "/portal/assets/:assetId/request": { send: everybody },
  "/portal/estimates/:estimateId": { answer: everybody, "ask-colleague": everybody, message: everybody },
  "/portal/settings": { save: everybody },
  "/portal/sign-ins": portalAccount,
  "/vendor-portal/sign-ins": { "end-others": everybody, "begin-factor": everybody, "confirm-factor": everybody, "remove-factor": everybody },
  "/driver-portal/sign-ins": portalAccount,
};
