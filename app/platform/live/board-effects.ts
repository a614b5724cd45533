import * as z from "zod";
import { defineEffects, type Effect, sync } from "~/kernel/effects";
import type { BoardNotice } from "./board";

const facts = z.object({ kind: z.string(), id: z.string(), version: z.number(), audiences: z.array(z.string()).readonly() });

/** A later notice replaces an earlier one, so none waits for another. */
export const boardEffects = defineEffects({ "board.changed": sync(facts) });

/** Tells open pages which record changed, to which version. */
export const boardChanged = (key: string, { kind, id, version }: BoardNotice, audiences: readonly string[]): Effect =>
  boardEffects.of("board.changed", `board:${key}`, { kind, id, version, audiences });
