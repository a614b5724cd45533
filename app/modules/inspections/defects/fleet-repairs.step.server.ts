import { fleetRepairsOn } from "./fleet-repairs.store.server";

/** What fleets certified themselves that is still a job of these orders, for use cases above that complete or bill them. */
export const findFleetRepairs = fleetRepairsOn;
