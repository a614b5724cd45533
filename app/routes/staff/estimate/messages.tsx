import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { useRefusedForm } from "~/ui/command-form";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** The URLs of a line's photo and its thumbnail. */
export const photoAt = (photoId: string) => ({ full: paths.staff.file(photoId), small: paths.staff.thumbnail(photoId) });

/** The messages with the customer, in the form that each thread on the page needs. */
export function useThread() {
  const { messages } = useLoaderData<PageData>();
  return { messages, as: "shop" as const, typed: useRefusedForm<typeof commands>()("message")?.typed };
}
