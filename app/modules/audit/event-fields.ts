import * as z from "zod";
import type { Id, RecordKind } from "~/kernel/ids";
import type { Cents, Quantity } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";

const isWhole = (value: unknown): boolean => typeof value === "number" && Number.isSafeInteger(value);

/** Fields of what we write ourselves, events and effects: checked for their shape only. */
export const idOf = <K extends RecordKind>(_of: K) => z.custom<Id<K>>((value) => typeof value === "string");
export const cents = z.custom<Cents>(isWhole);
export const quantity = z.custom<Quantity>(isWhole);
export const instant = z.custom<UtcMs>(isWhole);

/** An event whose code is all there is to know. */
export const noFields = z.object({});
/** A record's fields as they were saved: those that labels need are checked, the others are kept as they are. */
export const savedFields = z.looseObject;
