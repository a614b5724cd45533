import type { Audience } from "~/kernel/audience";
import { may, type Role } from "~/kernel/permissions";
import type { Line } from "./job";

/** Whether this user sees the shop's costs. Costs are neither sent to nor accepted from anyone else. */
export const readsCosts = ({ audience, role }: { audience: Audience; role: Role | null }): boolean =>
  audience !== "staff" || may(audience, role, "margin:read");

/** The jobs for someone who can't see costs. */
export const withoutCosts = <J extends { lines: readonly Line[] }>(jobs: readonly J[]): J[] =>
  jobs.map((job) => ({ ...job, lines: job.lines.map((line) => ({ ...line, cost: null })) }));

/** Lines saved by someone who can't see costs: existing lines keep their cost, new ones have none. */
export const keepingCosts = (written: readonly Line[], known: readonly Line[]): Line[] =>
  written.map((line) => ({ ...line, cost: known.find(({ id }) => id === line.id)?.cost ?? null }));
