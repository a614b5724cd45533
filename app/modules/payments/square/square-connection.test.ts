import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type KeyedConnection, whyNoPayments } from "./square-connection";

const connection: KeyedConnection = {
  version: 1,
  state: "connected",
  environment: "sandbox",
  merchantId: "M",
  merchantName: "Shop",
  location: { id: "L", name: "Main", currency: "USD" },
  mayBank: false,
  takesBank: false,
  expiresAt: toUtcMs(0),
  connectedAt: toUtcMs(0),
  askedUntil: toUtcMs(0),
  keyId: "2026a",
};
const application = { environment: "sandbox", tokenKeys: [{ id: "2026b" }, { id: "2026a" }] } as const;

test("payments are taken as long as the key of the tokens is among those of the installation", () => {
  expect(whyNoPayments(connection, application)).toBeNull();
  expect(whyNoPayments(connection, { ...application, tokenKeys: [{ id: "2026b" }] })).toContain("is missing here");
  expect(whyNoPayments({ ...connection, keyId: null }, application)).toContain("is missing here");
});
