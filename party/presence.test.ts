import { expect, test } from "vitest";
import { MOST_NAMES, Presence } from "./presence";
import type { Viewer } from "./viewer";

const at = "wo_1";
const viewer = (name: string, sessionId = name, record: string | null = at): Viewer => ({
  audience: "staff",
  sessionId,
  membershipId: null,
  partyId: null,
  name,
  at: record,
  expiresAt: 0,
});
const socket = (id: string) => ({ id });

test("a person is listed once, not to themselves, and until their last window is closed", () => {
  const presence = new Presence();
  presence.add(socket("1"), viewer("Ana"));
  presence.add(socket("1"), viewer("Ana"));
  presence.add(socket("2"), viewer("Ana"));
  presence.add(socket("3"), viewer("Bo"));
  presence.add(socket("4"), viewer("", "nameless"));
  expect([presence.people(at, "Ana"), presence.people(at, "Bo"), presence.people(at, "other")]).toEqual([["Bo"], ["Ana"], ["Ana", "Bo"]]);
  // Another session of the same person sees the name.
  expect(presence.people(at, "Ana's phone")).toEqual(["Ana", "Bo"]);
  presence.remove(socket("1"), at);
  expect(presence.people(at, "Bo")).toEqual(["Ana"]);
  presence.remove(socket("2"), at);
  presence.remove(socket("2"), at);
  expect(presence.people(at, "Bo")).toEqual([]);
  for (const id of ["3", "4"]) presence.remove(socket(id), at);
  expect(presence.records()).toEqual([]);
});

test("a record's change goes to those who have it open and to boards, one message each, with few names", () => {
  const presence = new Presence();
  for (let n = 0; n < 100; n++) presence.add(socket(`on ${n}`), viewer(`Person ${n}`));
  presence.add(socket("elsewhere"), viewer("Sol", "Sol", "wo_2"));
  presence.add(socket("board"), viewer("Renee", "Renee", null));
  expect(presence.countRecipients(at)).toBe(101);
  const sent = [...presence.recipients(at)];
  expect(new Set(sent.map((one) => one.socket.id)).size).toBe(101);
  expect(sent.map((one) => one.socket.id)).not.toContain("elsewhere");
  for (const { people } of sent) expect(people).toHaveLength(MOST_NAMES);
  expect(presence.records()).toEqual([at, "wo_2"]);
});
