import { expect, test } from "vitest";
import { isPushAddress } from "./push-address";

test.each([
  "https://fcm.googleapis.com/fcm/send/dAPT:APA91bF_x-1",
  "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABf",
  "https://web.push.apple.com/QGuQyavXutnMH",
  "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2b",
])("%s is a push service", (endpoint) => {
  expect(isPushAddress(endpoint, { standIn: false })).toBe(true);
});

test.each([
  "",
  "fcm.googleapis.com/fcm/send/1",
  "http://fcm.googleapis.com/fcm/send/1",
  "https://fcm.googleapis.com:8443/fcm/send/1",
  "https://user:pw@fcm.googleapis.com/fcm/send/1",
  "https://fcm.googleapis.com.evil.test/1",
  "https://evil.test/fcm.googleapis.com",
  "https://evilpush.apple.com/1",
  "https://fcm.googleapis.com@evil.test/1",
  "https://localhost/1",
  "https://app.localhost/1",
  "https://127.0.0.1/1",
  "https://0x7f.1/1",
  "https://2130706433/1",
  "https://[::1]/1",
  "https://169.254.169.254/latest/meta-data",
  "https://10.0.0.1/1",
  "https://push.baytrack.test/push/1",
  "javascript:alert(1)",
  `https://fcm.googleapis.com/${"a".repeat(1_000)}`,
])("%s is none", (endpoint) => {
  expect(isPushAddress(endpoint, { standIn: false })).toBe(false);
});

test("the stand-in's addresses are taken in development alone, and over https", () => {
  expect(isPushAddress("https://push.baytrack.test/push/1", { standIn: true })).toBe(true);
  for (const endpoint of ["http://push.baytrack.test/push/1", "https://127.0.0.1/1", "https://localhost/1", "https://x.push.baytrack.test/1"])
    expect(isPushAddress(endpoint, { standIn: true })).toBe(false);
});
