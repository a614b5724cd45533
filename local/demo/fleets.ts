import { type Cents, toCents } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import type { Role } from "~/kernel/permissions";
import type { UnitFacts } from "~/modules/assets/unit-facts";
import { withCheckDigit } from "~/modules/assets/vin";

/** The people and vehicles of the demo's two shops. VINs get their check digit when they are seeded. */
export type DemoUnit = {
  unit: string;
  kind: "truck" | "trailer" | "equipment";
  vin: string | null;
  year: number;
  make: string;
  model: string;
  device: string | null;
};
export type DemoPerson = { name: string; email: string; role: Role };
export type DemoCustomer = {
  key: string;
  name: string;
  contact: string;
  email: string;
  phone: string;
  address: string;
  taxId: string | null;
  credit?: { terms: Terms; creditLimit: Cents; warning: string };
  portal: boolean;
  units: readonly DemoUnit[];
};

export const plateOf = (slug: string, { unit, kind }: Pick<DemoUnit, "unit" | "kind">): string | null =>
  kind === "equipment" ? null : `P${1_000 + (Number.parseInt(unit.replace(/\D/g, ""), 10) || 0) * 7}${slug === "harbor" ? "IN" : "MI"}`;

/** A plausible meter for the unit's age: miles of a truck, hours of equipment. */
export const readingOf = ({ kind, year }: Pick<DemoUnit, "kind" | "year">): number | null =>
  kind === "trailer" ? null : Math.max(1, 2026 - year) * (kind === "truck" ? 88_400 : 940);

/** A unit as an invoice describes it. */
export function unitFactsOf(slug: string, unit: DemoUnit): UnitFacts {
  const { kind, vin, year, make, model } = unit;
  const read = readingOf(unit);
  return {
    kind,
    vin: vin && withCheckDigit(vin),
    plate: plateOf(slug, unit),
    year,
    make,
    model,
    odometer: kind === "truck" && read !== null ? read * 1_609.344 : null,
    engine: kind === "equipment" && read !== null ? read * 3_600 : null,
  };
}

/** What the two shops print on their documents. */
export const harborParty = {
  address: "2200 Harbor Drive\nPortage, IN 46368",
  remitTo: "Harbor Diesel, Accounts Receivable\nPO Box 1180\nPortage, IN 46368",
  taxId: "35-5550100",
  paymentTerms: "1.5% a month on balances over 30 days late. Checks payable to Harbor Diesel.",
};
export const ridgeParty = {
  address: "77 Ridge Road\nBenton Harbor, MI 49022",
  remitTo: null,
  taxId: "38-5550163",
  paymentTerms: "Payable by check or transfer.",
};

const tractor = (unit: string, vin: string, year: number, make: string, model: string, device: string | null): DemoUnit => ({
  unit,
  kind: "truck",
  vin,
  year,
  make,
  model,
  device,
});

const northline: DemoCustomer = {
  key: "northline",
  name: "Northline Freight",
  contact: "Renee Okafor",
  email: "fleet@northline.test",
  phone: "+1 219 555 0142",
  address: "4410 Kilmer Avenue, Suite 200\nHammond, IN 46320",
  taxId: "35-5550142",
  portal: true,
  units: [
    tractor("101", "1FUJGLDR0HLHZ1101", 2017, "Freightliner", "Cascadia 125", "NL-101"),
    tractor("102", "1FUJGLDR0JLJA1102", 2018, "Freightliner", "Cascadia 125", "NL-102"),
    tractor("103", "1XPBDP9X0KD601103", 2019, "Peterbilt", "579", "NL-103"),
    tractor("104", "1XPBDP9X0LD651104", 2020, "Peterbilt", "579", "NL-104"),
    tractor("105", "1XKYDP9X0LJ401105", 2020, "Kenworth", "T680", "NL-105"),
    tractor("106", "1XKYDP9X0MJ431106", 2021, "Kenworth", "T680", "NL-106"),
    tractor("107", "4V4NC9EH0KN901107", 2019, "Volvo", "VNL 760", "NL-107"),
    tractor("108", "4V4NC9EH0NN281108", 2022, "Volvo", "VNL 760", "NL-108"),
    tractor("109", "3HSDZAPR0LN151109", 2020, "International", "LT625", "NL-109"),
    tractor("110", "3HSDZAPR0NN341110", 2022, "International", "LT625", "NL-110"),
    tractor("111", "1M1AN4GY0NM021111", 2022, "Mack", "Anthem", "NL-111"),
    tractor("112", "3AKJHHDR0RSUV1112", 2024, "Freightliner", "Cascadia 126", "NL-112"),
  ],
};

const summit: DemoCustomer = {
  key: "summit",
  name: "Summit Gravel",
  contact: "Walt Brandt",
  email: "ops@summit.test",
  phone: "+1 219 555 0177",
  address: "900 Quarry Road\nValparaiso, IN 46383",
  taxId: null,
  credit: { terms: "net-15", creditLimit: toCents(5_000_00), warning: "Call Walt before starting work over $500." },
  portal: true,
  units: [
    tractor("SG-1", "1NPCX4EX0GD311201", 2016, "Peterbilt", "389", "SG-201"),
    tractor("SG-2", "1NPCX4EX0HD341202", 2017, "Peterbilt", "389", "SG-202"),
    tractor("SG-3", "1M2GR4GC0KM001203", 2019, "Mack", "Granite", "SG-203"),
    { unit: "T-12", kind: "trailer", vin: "1UYVS2530JU311204", year: 2018, make: "Utility", model: "VS2RA", device: "SG-204" },
    { unit: "L-3", kind: "equipment", vin: null, year: 2015, make: "Caterpillar", model: "950M loader", device: "SG-205" },
  ],
};

const quarry: DemoCustomer = {
  key: "quarry",
  name: "Dolton Quarry",
  contact: "Petra Nowak",
  email: "office@quarry.test",
  phone: "+1 708 555 0119",
  address: "15 Limestone Court\nThornton, IL 60476",
  taxId: null,
  portal: false,
  units: [tractor("Q7", "1XPBD49X0FD271301", 2015, "Peterbilt", "567", null), tractor("Q9", "1M2AX07C0EM021302", 2014, "Mack", "Pinnacle", null)],
};

const lakeshore: DemoCustomer = {
  key: "lakeshore",
  name: "Lakeshore Produce",
  contact: "Luis Ferrer",
  email: "trucks@lakeshore.test",
  phone: "+1 616 555 0155",
  address: "3100 Lakeshore Drive\nHolland, MI 49424",
  taxId: null,
  portal: true,
  units: [
    tractor("21", "1FUJGLDR0KLKK1401", 2019, "Freightliner", "Cascadia 126", "RT-21"),
    tractor("22", "1FUJGLDR0LLLL1402", 2020, "Freightliner", "Cascadia 126", "RT-22"),
    tractor("23", "4V4NC9EH0MN271403", 2021, "Volvo", "VNL 640", "RT-23"),
  ],
};

export const harborCustomers: readonly DemoCustomer[] = [northline, summit, quarry];
export const ridgeCustomers: readonly DemoCustomer[] = [lakeshore];

/** One without a portal works by phone. */
export type DemoVendor = { key: string; name: string; email: string; phone: string; byPhone?: true };

export const harborVendors: readonly DemoVendor[] = [
  { key: "gearworks", name: "Gearworks Transmission", email: "desk@gearworks.test", phone: "+1 219 555 0121" },
  { key: "coolant", name: "Coolant Specialists", email: "service@coolant.test", phone: "+1 773 555 0134" },
  { key: "prairie", name: "Prairie Machine", email: "office@prairie.test", phone: "+1 815 555 0162", byPhone: true },
];

/** Who works in the demo's shops beside their owners. */
export const harborStaff: readonly DemoPerson[] = [
  { name: "Dee Novak", email: "manager@harbor.test", role: "manager" },
  { name: "Sam Ode", email: "tech@harbor.test", role: "technician" },
  { name: "Marta Ruiz", email: "marta@harbor.test", role: "technician" },
  { name: "Ivo Lang", email: "ivo@harbor.test", role: "technician" },
];
export const ridgeStaff: readonly DemoPerson[] = [{ name: "Ada Finch", email: "ada@ridge.test", role: "technician" }];

export type DemoDriver = {
  key: string;
  customer: string;
  name: string;
  email: string | null;
  phone: string | null;
  code: string;
  pin: string;
  units: readonly string[];
};

export const harborDrivers: readonly DemoDriver[] = [
  {
    key: "dana",
    customer: "northline",
    name: "Dana Whitfield",
    email: "dana@northline.test",
    phone: "+1 219 555 0188",
    code: "4471",
    pin: "904417",
    units: ["101", "102"],
  },
  { key: "marcus", customer: "northline", name: "Marcus Webb", email: null, phone: null, code: "5820", pin: "371956", units: ["103"] },
];

/** The same code as Dana's: a code is one shop's own. */
export const ridgeDrivers: readonly DemoDriver[] = [
  { key: "inez", customer: "lakeshore", name: "Inez Kowalski", email: "inez@lakeshore.test", phone: null, code: "4471", pin: "618203", units: ["21"] },
];

/** Ridge's one outside shop. */
export const ridgeVendors: readonly DemoVendor[] = [
  { key: "dunes", name: "Dunes Refrigeration", email: "shop@dunes.test", phone: "+1 269 555 0177" },
  { key: "mesa", name: "Mesa Driveline", email: "bench@mesa.test", phone: "+1 616 555 0119", byPhone: true },
];
