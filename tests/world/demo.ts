import { demoId } from "../../local/demo/ids.ts";
import { seedDemo } from "../../local/demo/seed";
import { emptyStorage } from "./empty";
import { createWorld } from "./world";

const PORT = "8787";

/** A world with the demo's two shops, filled as `npm start` fills them. What else was stored is gone. */
export async function demoWorld() {
  // The file before this one may have written something at its very end.
  await emptyStorage();
  const world = await createWorld();
  const seeded = await seedDemo(world.env, PORT);
  if (seeded !== "seeded") throw new Error(`the demo was not written: ${seeded}`);
  const shop = (slug: "harbor" | "ridge", host: string) => world.shopAt(demoId("organization", slug), `owner@${slug}.test`, host);
  return { ...world, harbor: shop("harbor", `localhost:${PORT}`), ridge: shop("ridge", `ridge.localhost:${PORT}`) };
}
