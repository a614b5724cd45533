/** The four faces of the product; each has its own cookie, shell and rights. */
export const faces = ["staff", "customer", "vendor", "driver"] as const;
export type Face = (typeof faces)[number];

/** On whose behalf a request, a job or a device acts. */
export type Audience = Face | "device" | "job" | "operator";

export const isFace = (text: string | null | undefined): text is Face => faces.some((face) => face === text);
