/**
 * What a table says of a name that comes from outside (a file, a document, a server, a person): one that every object
 * has by itself, such as `constructor`, is not of the table.
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
