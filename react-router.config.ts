import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // The whole route list comes with the first page. Loaded bit by bit, it would come from /__manifest, which answers anybody.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
