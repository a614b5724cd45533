import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { Reading } from "../readings/reading";

/** How one kind of tracker, or the company behind it, reports to us. docs/adding-a-provider.md explains how to write one. */
export type Provider = {
  /** The address, with `:key` where the ingest key is part of it. */
  path: `/api/telematics/${string}`;
  methods: readonly ("GET" | "POST")[];
  /** The ingest key that the call brings, or null. Whether it is known is looked up after this. */
  authenticate(call: CallHead): string | null;
  /** One item per reading sent, in the order sent. A value that cannot be true is read here and assessed later. */
  parse(call: Call, receivedAt: UtcMs): Result<readonly ParsedItem[], ParseRefusal>;
  answer(result: CallResult): Answer;
  /** A valid call with one reading. The contract test sends it. */
  example(sample: Sample): ExampleCall;
};

export type CallHead = {
  method: string;
  /** What is in the address in place of `:key`. */
  key: string | null;
  query: URLSearchParams;
  headers: Headers;
};
export type Call = CallHead & { body: string };

export type ParsedItem = Reading | { error: string };
/** The whole call is refused: 400 for malformed, 413 for too many. */
export type ParseRefusal = { kind: "malformed" | "too-many"; message: string };

export type CallResult = { kind: "refused"; why: RefusalReason; status: number; message: string } | { kind: "taken"; items: readonly ItemResult[] };

export const refusalStatuses = {
  "wrong-method": 405,
  "too-many-calls": 429,
  "unknown-key": 401,
  "too-large": 413,
  malformed: 400,
  "too-many": 413,
} as const;
export type RefusalReason = keyof typeof refusalStatuses;

/** What became of one item; all but `accepted` and `duplicate` have a message for whoever sent it. */
export type ItemResult =
  | { kind: "accepted" | "duplicate" }
  | { kind: "set-aside" | "unknown-device" | "own-key" | "other-device" | "unreadable"; message: string };

/** A string is sent as plain text with a line end, an object as JSON. */
export type Answer = { status: number; body: string | object };

export type Sample = { key: string; deviceId: string; recordedAt: UtcMs; latitude: number; longitude: number };
export type ExampleCall = { method: "GET" | "POST"; query?: Record<string, string>; headers?: Record<string, string>; body?: string };
