import type { Grade } from "./fault-components";

/** OBD-II codes that light trucks and vans bring most, in our own words. */
export const obdCodes: Readonly<Record<string, { title: string; grade: Grade }>> = {
  P0087: { title: "Fuel rail pressure too low", grade: "running" },
  P0101: { title: "Air mass sensor out of range", grade: "running" },
  P0128: { title: "Coolant stays below thermostat temperature", grade: "comfort" },
  P0171: { title: "Mixture too lean, bank 1", grade: "running" },
  P0217: { title: "Engine overheating", grade: "vital" },
  P0300: { title: "Misfire on several cylinders", grade: "running" },
  P0401: { title: "EGR flow too low", grade: "running" },
  P0420: { title: "Catalyst works too weakly, bank 1", grade: "running" },
  P0455: { title: "Fuel vapour leak, large", grade: "comfort" },
  P0524: { title: "Engine oil pressure too low", grade: "vital" },
  P0562: { title: "System voltage too low", grade: "running" },
  P0700: { title: "Transmission reports a fault", grade: "running" },
  P2002: { title: "Particulate filter works too weakly", grade: "running" },
  P203F: { title: "DEF level too low", grade: "running" },
  P20EE: { title: "SCR converts too little NOx", grade: "running" },
  P2463: { title: "Particulate filter is full of soot", grade: "running" },
  U0100: { title: "No contact with the engine control unit", grade: "running" },
  U0121: { title: "No contact with the ABS control unit", grade: "running" },
};

/** For codes outside the table, the first letter names the system (SAE J2012). */
export const obdSystems: Readonly<Record<string, { title: string; grade: Grade }>> = {
  P: { title: "Engine or transmission fault", grade: "running" },
  C: { title: "Chassis fault (brakes, steering, suspension)", grade: "running" },
  B: { title: "Body fault", grade: "comfort" },
  U: { title: "Vehicle network fault", grade: "running" },
};
