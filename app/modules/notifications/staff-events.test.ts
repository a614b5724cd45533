import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { roles } from "~/kernel/permissions";
import { DAY, dayOf, localText, toUtcMs } from "~/kernel/time";
import { type Colleague, deliveryMethods, type NotificationPreference, nextDigest, recipientsOf, staffEventNames } from "./staff-events";

const person = (id: string, role: Colleague["role"]): Colleague => ({ id: id as Id<"membership">, name: id, email: `${id}@shop.test`, role });
const [ann, ben, tia] = [person("ann", "owner"), person("ben", "manager"), person("tia", "technician")];
const staff = [ann, ben, tia];
const who = (...all: Parameters<typeof recipientsOf>) => recipientsOf(...all).map((recipients) => `${recipients.person.id} ${recipients.way}`);

describe("recipients of an answered estimate", () => {
  test("are the people responsible, else the author, else the office", () => {
    expect(who("estimate.answered", { staff, inHand: ["tia"], writer: "ben" }, [])).toEqual(["tia now"]);
    expect(who("estimate.answered", { staff, inHand: ["gone"], writer: "ben" }, [])).toEqual(["ben now"]);
    expect(who("estimate.answered", { staff, inHand: [], writer: null }, [])).toEqual(["ann now", "ben now"]);
  });

  test("get it by their preference; an event no one wants goes to the owners", () => {
    const chose = (membershipId: Colleague["id"], way: NotificationPreference["way"]): NotificationPreference => ({
      membershipId,
      event: "estimate.answered",
      way,
    });
    expect(who("estimate.answered", { staff, inHand: [], writer: null }, [chose(ann.id, "digest"), chose(ben.id, "never")])).toEqual(["ann digest"]);
    expect(who("estimate.answered", { staff, inHand: ["tia"], writer: null }, [chose(tia.id, "never")])).toEqual(["ann now"]);
  });

  test("while a shop has an owner, every event has a recipient, and no one gets it twice", () => {
    const people = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-f]$/), role: fc.constantFrom(...roles) }), { selector: ({ id }) => id });
    const ids = fc.array(fc.stringMatching(/^[a-h]$/), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.constantFrom(...staffEventNames),
        people,
        ids,
        fc.array(fc.tuple(fc.stringMatching(/^[a-h]$/), fc.constantFrom(...deliveryMethods))),
        (event, some, inHand, chosen) => {
          const all = [person("owner", "owner"), ...some.map(({ id, role }) => person(id, role))];
          const preferences = chosen.map(([id, way]) => ({ membershipId: id as Id<"membership">, event, way }));
          const recipients = recipientsOf(event, { staff: all, inHand, writer: inHand[0] ?? null }, preferences).map((one) => one.person.id);
          expect(recipients.length).toBeGreaterThan(0);
          expect(new Set(recipients).size).toBe(recipients.length);
          for (const id of recipients) expect(all.map((one) => one.id)).toContain(id);
        },
      ),
    );
  });
});

test("the daily mail is due when the shop's clock next shows the hour, also across a clock change", () => {
  const day = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(day, fc.constantFrom("America/Chicago", "Australia/Lord_Howe", "Europe/Warsaw", "UTC"), fc.integer({ min: 0, max: 23 }), (ms, zone, hour) => {
      const now = toUtcMs(ms);
      const due = nextDigest(now, zone, hour);
      expect(due).toBeGreaterThan(now);
      expect(due - now).toBeLessThanOrEqual(DAY + 2 * 3_600_000);
      // In the night that clocks go forward, one hour is skipped.
      const shown = Number(localText(due, zone).slice(11, 13));
      expect([hour, hour + 1]).toContain(shown);
      if (shown !== hour)
        expect(new Set([1, 3].map((hours) => localText(toUtcMs(due - hours * 3_600_000), zone).slice(11, 13)))).not.toContain(String(hour).padStart(2, "0"));
      // Where the night of tomorrow is an hour short, a day from now can be the day after it.
      const near = [0, 3, 24, 27].map((hours) => dayOf(toUtcMs(now + hours * 3_600_000), zone));
      near.push(dayOf(toUtcMs(now + DAY - 3 * 3_600_000), zone));
      expect(near).toContain(dayOf(due, zone));
    }),
  );
});
