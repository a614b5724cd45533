/** The four portals of the product; each has its own cookie, shell and rights. */
export const portals = ["staff", "customer", "vendor", "driver"] as const;
export type Portal = (typeof portals)[number];

/** On whose behalf a request, a job or a device acts. */
export type Audience = Portal | "device" | "job" | "operator";

export const isPortal = (text: string | null | undefined): text is Portal => portals.some((portal) => portal === text);
