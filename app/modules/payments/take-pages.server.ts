import type { Result } from "~/kernel/result";
import type { SquareFault } from "./square/square";

type Page<T> = { items: readonly T[]; cursor: string | null };

/** Takes what Square lists, page by page; the fault, where Square stopped answering. */
export async function takePages<T>(
  most: number,
  read: (cursor: string | null) => Promise<Result<Page<T>, SquareFault>>,
  take: (item: T) => Promise<void>,
): Promise<SquareFault | null> {
  let cursor: string | null = null;
  for (let page = 0; page < most; page++) {
    const answer: Result<Page<T>, SquareFault> = await read(cursor);
    if (!answer.ok) return answer.error;
    for (const item of answer.value.items) await take(item);
    cursor = answer.value.cursor;
    if (cursor === null) return null;
  }
  return null;
}
