/** Columns without a name are named by their place, and a name that stands twice gets a number. */
export function uniqueColumns(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, at) => {
    const plain = name === '' ? `column ${at + 1}` : name;
    let unique = plain;
    for (let number = 2; seen.has(unique); number += 1) unique = `${plain} (${number})`;
    seen.add(unique);
    return unique;
  });
}
