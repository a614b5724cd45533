/** Groups of files that import each other in a circle, by Tarjan's strongly connected components. */
export function importCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  function visit(file: string): void {
    index.set(file, index.size);
    lowest.set(file, index.size - 1);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(file, Math.min(at(lowest, file), at(lowest, next)));
    }
    if (at(lowest, file) !== at(index, file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) circles.push(circle);
  }

  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}

const at = (map: ReadonlyMap<string, number>, file: string): number => map.get(file) ?? Number.POSITIVE_INFINITY;
