import type { Audience } from "~/kernel/audience";
import { may, type Role } from "~/kernel/permissions";
import type { Line } from "./job";

/** Whether somebody reads what work costs the shop. Who does not is sent no cost, and writes none. */
export const readsCosts = ({ audience, role }: { audience: Audience; role: Role | null }): boolean =>
  audience !== "staff" || may(audience, role, "margin:read");

/** The same jobs for who reads no costs. */
export const withoutCosts = <J extends { lines: readonly Line[] }>(jobs: readonly J[]): J[] =>
  jobs.map((job) => ({ ...job, lines: job.lines.map((line) => ({ ...line, cost: null })) }));

/** Lines that somebody wrote who reads no costs: those that were there keep what they cost, new ones have none yet. */
export const keepingCosts = (written: readonly Line[], known: readonly Line[]): Line[] =>
  written.map((line) => ({ ...line, cost: known.find(({ id }) => id === line.id)?.cost ?? null }));
