import type { UtcMs } from "~/kernel/time";
import { type QuotaName, quotas } from "~/platform/http/quotas.server";

type Directory = Pick<Env["DIRECTORY"], "prepare">;

/** Has all of a quota used up under one key, in the window of that instant. */
export async function exhaustQuota(
  directory: Directory,
  name: QuotaName,
  { share, key }: { share: "person" | "party" | "organization"; key: string },
  at: UtcMs,
) {
  const { window, ...most } = quotas[name];
  await directory
    .prepare("insert into throttles (key, window, count) values (?1, ?2, ?3) on conflict do update set count = ?3")
    .bind(key, at - (at % window), most[share])
    .run();
}
