import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import type { MomentOptions } from "~/ui/moment";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

/** Where a photo of a line opens, and its small picture. */
export const photoAt = (photoId: string) => ({ full: paths.staff.file(photoId), small: paths.staff.thumbnail(photoId) });

/** What was said with the customer, for each place where more is said. */
export function useThread(moment: MomentOptions) {
  const { messages } = useLoaderData<PageData>();
  return { messages, as: "shop" as const, moment, typed: useRefused()("message")?.typed };
}
