import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FaultCode, faultKey } from "../readings/reading";
import { changedFaults, describeFault, isDtc, isFmi, isSpn } from "./faults";

const j1939 = (spn: number, fmi: number): FaultCode => ({ spn, fmi, occurrenceCount: null });

test.each([
  [100, 1, "stop", "Engine oil pressure: far below normal"],
  [100, 18, "stop", "Engine oil pressure: clearly below normal"],
  [100, 17, "soon", "Engine oil pressure: slightly below normal"],
  [100, 3, "soon", "Engine oil pressure: voltage too high or shorted to supply"],
  [110, 0, "stop", "Coolant temperature: far above normal"],
  [110, 1, "soon", "Coolant temperature: far below normal"],
  [111, 1, "stop", "Coolant level: far below normal"],
  [1087, 18, "stop", "Service brake air, circuit 1: clearly below normal"],
  [521, 7, "stop", "Brake pedal position: mechanical part not responding"],
  [94, 1, "soon", "Fuel delivery pressure: far below normal"],
  [3251, 15, "plan", "DPF differential pressure: slightly above normal"],
  [3226, 4, "soon", "NOx sensor, outlet: voltage too low or shorted to ground"],
  [96, 1, "plan", "Fuel level: far below normal"],
  [5246, 0, "stop", "Emission inducement (engine limits speed): far above normal"],
  [400_000, 0, "soon", "Parameter 400000: far above normal"],
  [400_000, 31, "plan", "Parameter 400000: condition is present"],
  [100, 22, "plan", "Engine oil pressure: reserved failure mode"],
])("SPN %i FMI %i: %s, %s", (spn, fmi, urgency, title) => {
  expect(describeFault(j1939(spn, fmi))).toEqual({ code: `SPN ${spn} FMI ${fmi}`, title, urgency });
});

test.each([
  ["P0217", "stop", "Engine overheating"],
  ["P0128", "plan", "Coolant stays below thermostat temperature"],
  ["P0999", "soon", "Engine or transmission fault"],
  ["B1234", "plan", "Body fault"],
])("%s: %s, %s", (dtc, urgency, title) => expect(describeFault({ dtc })).toEqual({ code: dtc, title, urgency }));

test("checks numbers and codes at their bounds", () => {
  expect([0, 524_287, 524_288, -1, 1.5, "94", null].map(isSpn)).toEqual([true, true, false, false, false, false, false]);
  expect([0, 31, 32, Number.NaN].map(isFmi)).toEqual([true, true, false, false]);
  expect(["P0128", "U3FFF", "P4000", "p0128", "P01280", "", 128].map(isDtc)).toEqual([true, true, false, false, false, false, false]);
});

const fault: fc.Arbitrary<FaultCode> = fc.oneof(
  fc.record({
    spn: fc.integer({ min: 0, max: 524_287 }),
    fmi: fc.integer({ min: 0, max: 31 }),
    occurrenceCount: fc.constant(null),
  }),
  fc.stringMatching(/^[PCBU][0-3][0-9A-F]{3}$/).map((dtc) => ({ dtc })),
);

test("every possible fault has a description", () => {
  fc.assert(
    fc.property(fault, (any) => {
      expect(describeFault(any)).toMatchObject({
        title: expect.stringMatching(/\S/),
        urgency: expect.stringMatching(/^(stop|soon|plan)$/),
      });
    }),
  );
});

describe("changed faults", () => {
  test("identifies a fault by its code, not its occurrence count", () => {
    const seen: FaultCode = { spn: 94, fmi: 1, occurrenceCount: 2 };
    expect(changedFaults([seen], [{ ...seen, occurrenceCount: 9 }])).toEqual({ opened: [], closed: [] });
    expect(changedFaults([seen], [j1939(94, 18), { dtc: "P0128" }])).toEqual({
      opened: [j1939(94, 18), { dtc: "P0128" }],
      closed: [seen],
    });
    expect(faultKey(seen)).toBe("spn:94/fmi:1");
  });

  test("a report without faults listed closes nothing, an empty list closes all", () => {
    expect(changedFaults([j1939(94, 1)], null)).toEqual({ opened: [], closed: [] });
    expect(changedFaults([j1939(94, 1)], [])).toEqual({ opened: [], closed: [j1939(94, 1)] });
  });

  test("before, minus closed, plus opened, equals after", () => {
    const keys = (faults: readonly FaultCode[]) => new Set(faults.map(faultKey));
    fc.assert(
      fc.property(fc.array(fault), fc.array(fault), fc.array(fault), (both, only, fresh) => {
        const [before, after] = [
          [...both, ...only],
          [...fresh, ...both],
        ];
        const { opened, closed } = changedFaults(before, after);
        expect(keys(before).difference(keys(closed)).union(keys(opened))).toEqual(keys(after));
      }),
    );
  });
});
