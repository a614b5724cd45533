import type { Urgency } from "~/modules/work-orders/service-requests/service-request";
import type { HoldReason, WorkOrderState } from "~/modules/work-orders/work-order";

/** A demo work order: how long ago it came to its state, and when it was promised, both in hours from the seed. */
export type DemoOrder = {
  unit: string;
  title: string;
  state: WorkOrderState;
  hold?: HoldReason;
  lead: string | null;
  hoursInState: number;
  promisedInHours: number | null;
  /** Who of the customer asked for it in the portal, and in which words. */
  asked?: { by: string; complaint: string; urgency: Urgency; fault: string | null };
};

const order = (
  unit: string,
  title: string,
  state: WorkOrderState,
  lead: string | null,
  hoursInState: number,
  promisedInHours: number | null,
  hold?: HoldReason,
): DemoOrder => ({
  unit,
  title,
  state,
  lead,
  hoursInState,
  promisedInHours,
  hold,
});

export const harborOrders: readonly DemoOrder[] = [
  order("104", "Annual inspection", "draft", null, 20, null),
  order("SG-3", "Dump body hinge pins", "draft", null, 44, null),
  order("101", "A-service, oil and filters", "open", "Marta Ruiz", 3, 26),
  order("SG-1", "Air leak at rear axle", "open", null, 28, 4),
  order("Q7", "Steer tires, both", "open", "Ivo Lang", 5, 30),
  order("108", "DPF pressure sensor, SPN 3251", "in-progress", "Marta Ruiz", 2, 5),
  order("SG-2", "Water pump, coolant loss", "in-progress", "Ivo Lang", 7, 1),
  order("112", "Headlight aim and wiring", "in-progress", "Sam Ode", 1, 8),
  order("107", "Transmission shudder in 8th", "on-hold", "Sam Ode", 52, 40, "vendor"),
  order("109", "Injector cup leak, cylinder 4", "on-hold", "Ivo Lang", 30, -3, "parts"),
  order("110", "Clutch and flywheel", "on-hold", "Marta Ruiz", 18, 60, "approval"),
  order("103", "Brake chambers, rear", "completed", "Sam Ode", 5, -2),
  order("T-12", "Tail lamps and mud flaps", "completed", "Ivo Lang", 26, -20),
  order("102", "B-service", "invoiced", "Marta Ruiz", 120, -110),
  order("Q9", "Radiator hoses", "invoiced", "Ivo Lang", 200, -190),
  order("105", "Cab air ride, quoted twice", "canceled", null, 300, null),
  order("104", "B-service", "invoiced", "Marta Ruiz", 482, null),
  order("105", "Radiator hoses", "invoiced", "Ivo Lang", 1875, null),
  order("109", "Brake chambers, rear", "invoiced", "Sam Ode", 962, null),
  order("SG-1", "Radiator hoses", "invoiced", "Ivo Lang", 75, null),
  {
    ...order("111", "Sweet smell in the cab, windows fog up", "draft", null, 2, null),
    asked: {
      by: "Renee Okafor",
      complaint: "Sweet smell in the cab, windows fog up\nDriver reports it began on Friday, and the heater blows cold on hills.",
      urgency: "can-drive",
      fault: null,
    },
  },
  order("102", "Injectors, cylinders 2 and 5", "invoiced", "Sam Ode", 30, null),
];

export const ridgeOrders: readonly DemoOrder[] = [
  order("21", "Reefer unit belt", "open", "Ada Finch", 6, 12),
  order("22", "King pins", "in-progress", "Ada Finch", 9, 20),
  order("23", "Turbo actuator", "on-hold", null, 30, 48, "parts"),
  order("21", "Mirror and bracket", "completed", "Ada Finch", 12, -4),
  order("22", "Mirror and bracket", "invoiced", "Ada Finch", 290, null),
];
