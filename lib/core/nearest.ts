/**
 * The known name that takes the fewest edits to reach, where that is at most a third of the name, or else the only one that
 * begins with it.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  const longer = known.filter((candidate) => name.length > 2 && candidate.startsWith(name));
  return best ?? (longer.length === 1 ? longer[0] : undefined);
}

/** The way out for a misspelt name; undefined where no known one is near. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  return didYouMean(nearest(name, known));
}

export function didYouMean(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/**
 * Ways out for the first hundred wrong names: each costs a look at every known name, and whoever has more of them made one
 * mistake.
 */
export class Suggestions {
  private left = 100;

  public near(name: string, known: () => readonly string[]): string | undefined {
    return this.left-- > 0 ? nearest(name, known()) : undefined;
  }
}

/** Letters to insert, remove or change to get from one text to the other; gives up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) {
    return limit;
  }
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit;
}
