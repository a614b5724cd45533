import { demoId } from "../../local/demo/ids.ts";
import { seedDemo } from "../../local/demo/seed";
import { createWorld } from "./world";

const PORT = "8787";

/** A world with the demo's two shops, filled as `npm start` fills them. The file's databases must be empty. */
export async function demoWorld() {
  const world = await createWorld();
  const seeded = await seedDemo(world.env, PORT);
  if (seeded !== "seeded") throw new Error(`the demo was not written: ${seeded}`);
  const shop = (slug: "harbor" | "ridge", host: string) => world.shopAt(demoId("organization", slug), `owner@${slug}.test`, host);
  return { ...world, harbor: shop("harbor", `localhost:${PORT}`), ridge: shop("ridge", `ridge.localhost:${PORT}`) };
}
