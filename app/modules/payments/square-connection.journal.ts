import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { squareEnvironments } from "./square/square";

const merchant = z.object({ merchant: z.string(), merchantId: z.string(), environment: z.enum(squareEnvironments) });

export const squareJournal = defineEvents({
  "square.connected": event(merchant, ({ merchant: name, environment }) => `Square connected: ${name}${environment === "sandbox" ? " (sandbox)" : ""}`),
  "square.location-chosen": event(z.object({ id: z.string(), name: z.string() }), ({ name }) => `Square location chosen: ${name}`),
  "square.bank-transfers-switched": event(z.object({ on: z.boolean() }), ({ on }) => `Bank transfers by Square ${on ? "offered" : "no longer offered"}`),
  "square.disconnected": event(merchant, ({ merchant: name }) => `Square disconnected: ${name}`),
  "square.revoked": event(merchant, { label: ({ merchant: name }) => `Access to Square was removed at Square: ${name}`, tone: "amber" }),
});
