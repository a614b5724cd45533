import type { Grade } from "./fault-components";

/** Common OBD-II codes of light trucks and vans, with our own labels. */
export const obdCodes: Readonly<Record<string, { title: string; grade: Grade }>> = {
  P0087: { title: "Fuel rail pressure too low", grade: "running" },
  P0101: { title: "Air mass sensor out of range", grade: "running" },
  P0128: { title: "Coolant stays below thermostat temperature", grade: "comfort" },
  P0171: { title: "System too lean, bank 1", grade: "running" },
  P0217: { title: "Engine overheating", grade: "vital" },
  P0300: { title: "Random or multiple cylinder misfire", grade: "running" },
  P0401: { title: "EGR flow too low", grade: "running" },
  P0420: { title: "Catalyst works too weakly, bank 1", grade: "running" },
  P0455: { title: "Fuel vapour leak, large", grade: "comfort" },
  P0524: { title: "Engine oil pressure too low", grade: "vital" },
  P0562: { title: "System voltage too low", grade: "running" },
  P0700: { title: "Transmission fault", grade: "running" },
  P2002: { title: "Particulate filter efficiency low", grade: "running" },
  P203F: { title: "DEF level too low", grade: "running" },
  P20EE: { title: "SCR NOx conversion efficiency low", grade: "running" },
  P2463: { title: "Particulate filter soot level high", grade: "running" },
  U0100: { title: "Lost communication with engine control module", grade: "running" },
  U0121: { title: "Lost communication with ABS control module", grade: "running" },
};

/** For codes outside the table, the first letter names the system (SAE J2012). */
export const obdSystems: Readonly<Record<string, { title: string; grade: Grade }>> = {
  P: { title: "Engine or transmission fault", grade: "running" },
  C: { title: "Chassis fault (brakes, steering, suspension)", grade: "running" },
  B: { title: "Body fault", grade: "comfort" },
  U: { title: "Vehicle network fault", grade: "running" },
};
