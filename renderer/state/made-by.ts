import { client } from './client.ts';

/** The first line of the notes that go with what is exported: which program made it, and when. */
export async function madeBy(): Promise<string> {
  const { name, version } = await client.application.about();
  return `Made by ${name} ${version} at ${new Date().toISOString()}`;
}
