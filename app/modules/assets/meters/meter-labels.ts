import type { Meter } from "./meter";

export const meterLabels: Record<Meter, string> = { odometer: "Odometer", engine: "Engine hours", reefer: "Reefer hours", pto: "PTO hours" };
