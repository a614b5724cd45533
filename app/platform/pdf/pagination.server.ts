import type { PDFPage } from "@cantoo/pdf-lib";

/** A piece of a document that is never cut: it knows its height and sets itself below a given line. */
export type Block = {
  height: number;
  /** Keeps the next block on the same page. */
  keepNext?: boolean;
  /** Set again at the top of a page that begins with this. */
  head?: Block;
  /** Only space, left out where a page ends or begins. */
  isSpace?: boolean;
  draw(page: PDFPage, top: number): void;
};

export const space = (height: number): Block => ({ height, isSpace: true, draw() {} });

type PageLayout = { top: number; bottom: number; addPage(): PDFPage };

/** Fills pages from the top with blocks, those that belong together on one page as long as one can hold them. */
export function paginate(blocks: readonly Block[], { top, bottom, addPage }: PageLayout): void {
  let page = addPage();
  let y = top;
  const place = (block: Block) => {
    block.draw(page, y);
    y -= block.height;
  };
  const beginPageWith = (first: Block | undefined) => {
    page = addPage();
    y = top;
    if (first?.head) place(first.head);
  };
  for (const chain of chains(blocks)) {
    if (chain.every(({ isSpace }) => isSpace)) {
      if (y < top) y -= heightOf(chain);
      continue;
    }
    if (y - heightOf(chain) < bottom && y < top) beginPageWith(chain[0]);
    for (const block of chain) {
      // Together they are longer than a page: then they break where they must.
      if (y - block.height < bottom && y < top && !block.isSpace) beginPageWith(block);
      place(block);
    }
  }
}

const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0);

function chains(blocks: readonly Block[]): Block[][] {
  const all: Block[][] = [];
  let chain: Block[] = [];
  for (const block of blocks) {
    chain.push(block);
    if (block.keepNext) continue;
    all.push(chain);
    chain = [];
  }
  return chain.length > 0 ? [...all, chain] : all;
}
