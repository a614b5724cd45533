import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oneOf } from "./columns";

/* Nothing here runs: tsc checks it, and an expected error that no longer comes is itself an error. */
const doors = sqliteTable("doors", { state: text("state").$type<"open" | "closed">() });

export const whole = oneOf(doors.state, ["closed", "open"]);
// @ts-expect-error a state that is left out would be refused by the database
export const short = oneOf(doors.state, ["open"]);
// @ts-expect-error a state that the type does not know
export const foreign = oneOf(doors.state, ["open", "closed", "ajar"]);
