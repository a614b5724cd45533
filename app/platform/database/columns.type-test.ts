import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oneOf } from "./columns";

/* Nothing here runs: tsc checks it, and an expected error that no longer comes is itself an error. */
const orders = sqliteTable("orders", { state: text("state").$type<"open" | "closed">() });

export const whole = oneOf(orders.state, ["closed", "open"]);
// @ts-expect-error a state that is left out would be refused by the database
export const short = oneOf(orders.state, ["open"]);
// @ts-expect-error a state that the type does not know
export const foreign = oneOf(orders.state, ["open", "closed", "stuck"]);
