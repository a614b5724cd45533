// Makes the key pair under which push services know this deployment: `node scripts/push-keys.mjs`, once per deployment.
import { generateKeyPairSync } from "node:crypto";

const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
process.stdout.write(`VAPID_PUBLIC_KEY=${point.toString("base64url")}\nVAPID_PRIVATE_KEY=${d}\n`);
