import type { RouteConfigEntry } from "@react-router/dev/routes";
import { portals } from "~/kernel/audience";
import { may } from "~/kernel/permissions";
import { type Guarded, guardOf } from "~/platform/http/guards.server";

export type RouteModule = Record<string, unknown>;

/** Every module that the map names, nested ones too, as paths under app/. */
export const filesOf = (entries: readonly RouteConfigEntry[]): string[] => entries.flatMap(({ file, children }) => [file, ...filesOf(children ?? [])]);

/** A sign-in page is in its portal's folder and open to visitors without a session. */
const isSignInRoute = (file: string): boolean => /\/(sign-in(-link)?|enrol)\.tsx$/.test(file);

/** What is wrong with one route module's guards, in words. */
export function complaintsAbout(file: string, module: RouteModule): string[] {
  return (["loader", "action"] as const).flatMap((name) => {
    const exported = module[name];
    if (exported === undefined) return [];
    const guard = typeof exported === "function" ? (exported as Partial<Guarded> & object)[guardOf] : undefined; // a function that may carry the tag
    const why = guard === undefined ? "has no guard" : aboutGuard(file, guard);
    return why === null ? [] : [`${file}: its ${name} ${why}`];
  });
}

function aboutGuard(file: string, { portal, permission, commands }: Guarded[typeof guardOf]): string | null {
  const folder = /^routes\/([a-z]+)\//.exec(file)?.[1];
  const owner = portals.find((one) => one === folder);
  if (folder === "api" || portal === "operator") return folder === "api" && portal === "operator" ? null : "is not the operator's in api/, or is it elsewhere";
  if (!owner && folder !== "public" && folder !== "dev") return `is in a folder that belongs to no one: ${folder}`;
  if (portal === "anyone") {
    if (owner && !isSignInRoute(file)) return `is open to anyone among the pages of ${owner}`;
    return permission.trim().length < 8 ? "does not say why it is open" : null;
  }
  if (portal !== owner) return `lets ${portal} in among the pages of ${folder}`;
  const asked = commands ? Object.values(commands).map((command) => command.permission as string) : [permission];
  const nobodyHas = asked.find((one) => !may(portal, "owner", one));
  return nobodyHas === undefined ? null : `asks for ${nobodyHas}, which nobody has`;
}
