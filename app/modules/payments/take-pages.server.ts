import type { Result } from "~/kernel/result";
import type { SquareFault } from "./square/square";

type Page<T> = { items: readonly T[]; cursor: string | null };

/** `isWhole`: whether the last page was reached. `fault`: where Square stopped answering. */
type Taken = { isWhole: boolean; fault: SquareFault | null };

/** Takes what Square lists, page by page, and at most so many pages. */
export async function takePages<T>(
  most: number,
  read: (cursor: string | null) => Promise<Result<Page<T>, SquareFault>>,
  take: (item: T) => Promise<void>,
): Promise<Taken> {
  let cursor: string | null = null;
  for (let page = 0; page < most; page++) {
    const answer: Result<Page<T>, SquareFault> = await read(cursor);
    if (!answer.ok) return { isWhole: false, fault: answer.error };
    for (const item of answer.value.items) await take(item);
    cursor = answer.value.cursor;
    if (cursor === null) return { isWhole: true, fault: null };
  }
  return { isWhole: false, fault: null };
}
