import {
  type PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";

/** What a piece of a page is, for screen readers: the standard structure types of PDF. */
export type Tag = "Sect" | "H1" | "H2" | "H3" | "P" | "L" | "LI" | "Table" | "TR" | "TH" | "TD" | "Figure" | "Link";
export type Element = { tag: Tag | "Document"; ref: PDFRef; kids: PDFArray };
type More = { scope?: "Column" | "Row"; alt?: string };

export type Structure = ReturnType<typeof structureOf>;

/** The tree of tags of a document. Whatever is drawn belongs to an element or is decoration. One that has a tree already gets a further section. */
export function structureOf(pdf: PDFDocument) {
  const { context, catalog } = pdf;
  const known = catalog.lookupMaybe(PDFName.of("StructTreeRoot"), PDFDict);
  const root = known ?? context.obj({ Type: "StructTreeRoot", K: [], ParentTreeNextKey: 0 });
  const rootRef = known ? (context.getObjectRef(known) ?? context.register(known)) : context.register(root);
  const topKids = root.lookup(PDFName.of("K")) as PDFArray; // written so above
  /** Per page, the element of each piece of its content, by number. */
  const pieces = new Map<PDFPage, PDFRef[]>();
  const links: { annotation: PDFDict; element: PDFRef }[] = [];

  function append(tag: Element["tag"], parent: PDFRef, siblings: PDFArray, { scope, alt }: More = {}): Element {
    const kids = context.obj([]);
    const dict = context.obj({ Type: "StructElem", S: tag, P: parent });
    dict.set(PDFName.of("K"), kids);
    if (scope) dict.set(PDFName.of("A"), context.obj({ O: "Table", Scope: scope }));
    const ref = context.register(dict);
    if (alt) dict.set(PDFName.of("Alt"), PDFHexString.fromText(alt));
    siblings.push(ref);
    return { tag, ref, kids };
  }

  const document = append("Document", rootRef, topKids);
  const begin = (page: PDFPage, name: string, properties?: string) =>
    page.pushOperators(
      properties
        ? PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [PDFName.of(name), properties])
        : PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of(name)]),
    );
  const end = (page: PDFPage) => page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));

  return {
    element: (tag: Tag, parent: Element = document, more?: More): Element => append(tag, parent.ref, parent.kids, more),

    /** What `draw` draws is a piece of this element; an element may have pieces on several pages. */
    mark(page: PDFPage, { tag, ref, kids }: Element, draw: () => void): void {
      const its = pieces.get(page) ?? [];
      pieces.set(page, its);
      begin(page, tag, `<</MCID ${its.length}>>`);
      draw();
      end(page);
      kids.push(context.obj({ Type: "MCR", Pg: page.ref, MCID: its.length }));
      its.push(ref);
    },

    /** Makes a rectangle of the page lead to an address. */
    link(page: PDFPage, { ref, kids }: Element, address: string, [left, bottom, right, top]: [number, number, number, number]): void {
      const annotation = context.obj({ Type: "Annot", Subtype: "Link", Rect: [left, bottom, right, top], Border: [0, 0, 0], F: 4 });
      annotation.set(PDFName.of("A"), context.obj({ Type: "Action", S: "URI", URI: PDFString.of(address) }));
      annotation.set(PDFName.of("Contents"), PDFHexString.fromText(address));
      const annotationRef = context.register(annotation);
      page.node.addAnnot(annotationRef);
      kids.push(context.obj({ Type: "OBJR", Pg: page.ref, Obj: annotationRef }));
      links.push({ annotation, element: ref });
    },

    /** What `draw` draws is decoration, or said before. */
    decorate(page: PDFPage, draw: () => void): void {
      begin(page, "Artifact");
      draw();
      end(page);
    },

    /** Once everything is drawn. */
    finish(): void {
      let next = root.lookup(PDFName.of("ParentTreeNextKey"), PDFNumber).asNumber();
      const tree = root.lookupMaybe(PDFName.of("ParentTree"), PDFDict);
      const numbers = (tree?.lookup(PDFName.of("Nums")) as PDFArray | undefined) ?? context.obj([]); // written so below
      for (const [page, its] of pieces) {
        page.node.set(PDFName.of("StructParents"), PDFNumber.of(next));
        page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
        numbers.push(PDFNumber.of(next));
        numbers.push(context.obj(its));
        next++;
      }
      for (const { annotation, element } of links) {
        annotation.set(PDFName.of("StructParent"), PDFNumber.of(next));
        numbers.push(PDFNumber.of(next));
        numbers.push(element);
        next++;
      }
      if (!tree) {
        const made = context.obj({});
        made.set(PDFName.of("Nums"), numbers);
        root.set(PDFName.of("ParentTree"), context.register(made));
      }
      root.set(PDFName.of("ParentTreeNextKey"), PDFNumber.of(next));
      catalog.set(PDFName.of("StructTreeRoot"), rootRef);
      catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
    },
  };
}
