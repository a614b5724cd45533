import { expect, test } from "vitest";
import { maintenanceDueSubject } from "./maintenance-due.email";

test.each([
  [1, 0, "maintenance is due"],
  [1, 1, "maintenance is overdue"],
  [3, 0, "3 services are due"],
  [3, 1, "3 services are due, 1 of them overdue"],
  [3, 3, "3 services are overdue"],
])("of %d services %d overdue: %s", (count, overdue, subject) => {
  const services = Array.from({ length: count }, (_, n) => `Service ${n}`);
  const organization = {} as Parameters<typeof maintenanceDueSubject>[0]["organization"]; // the subject has nothing of it
  expect(maintenanceDueSubject({ organization, unitNumber: "104", customer: "Northline", services, overdue, link: "" })).toBe(`Unit 104: ${subject}`);
});
