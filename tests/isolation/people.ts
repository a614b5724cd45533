import type { Portal } from "~/kernel/audience";
import type { demoWorld } from "../world/demo";

type Kind = { name: string; shop: "harbor" | "ridge"; portal: Portal; role: "owner" | "technician" | null; email: string };
export type Actor = Omit<Kind, "email"> & { cookie: string };

/** One person of every kind, in two shops. */
const kinds: readonly Kind[] = [
  { name: "harbor's owner", shop: "harbor", portal: "staff", role: "owner", email: "owner@harbor.test" },
  { name: "harbor's technician", shop: "harbor", portal: "staff", role: "technician", email: "tech@harbor.test" },
  { name: "ridge's owner", shop: "ridge", portal: "staff", role: "owner", email: "owner@ridge.test" },
  { name: "Northline", shop: "harbor", portal: "customer", role: null, email: "fleet@northline.test" },
  { name: "Summit", shop: "harbor", portal: "customer", role: null, email: "ops@summit.test" },
  { name: "Lakeshore", shop: "ridge", portal: "customer", role: null, email: "trucks@lakeshore.test" },
  { name: "Gearworks", shop: "harbor", portal: "vendor", role: null, email: "desk@gearworks.test" },
  { name: "Coolant", shop: "harbor", portal: "vendor", role: null, email: "service@coolant.test" },
  { name: "Dunes", shop: "ridge", portal: "vendor", role: null, email: "shop@dunes.test" },
  { name: "Inez", shop: "ridge", portal: "driver", role: null, email: "inez@lakeshore.test" },
  { name: "Dana", shop: "harbor", portal: "driver", role: null, email: "dana@northline.test" },
];

/** All of them signed in. Signing in itself is tested elsewhere. */
export async function everybody(world: Awaited<ReturnType<typeof demoWorld>>): Promise<Actor[]> {
  return Promise.all(kinds.map(async ({ email, ...kind }) => ({ ...kind, cookie: (await world[kind.shop].session(email, kind.portal)).cookie })));
}
