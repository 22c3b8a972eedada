import { matchPath } from '../import-pattern/match.ts';
import { parsePattern } from '../import-pattern/pattern.ts';
import type { FoundRecording, ImportChoices, ProbeChoice, ReaderChoice, RecordingEdit } from './choices.ts';

/** A recording as far as it tells its rig. */
export interface RigRecording extends FoundRecording {
  readonly format: string;
  readonly formatName: string;
  readonly make: string;
  readonly sampleRate: number | null;
}

export interface DeviceRecipe {
  readonly layout: string;
  readonly device: string;
  readonly reader?: ReaderChoice | undefined;
  readonly probes?: readonly ProbeChoice[] | undefined;
}

/** What was chosen for the recordings of one rig. */
export interface ImportRecipe {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly usedAt: string;
  readonly devices: readonly DeviceRecipe[];
  readonly pattern?: string | undefined;
  readonly sessions: 'one' | 'each';
  readonly subjectLab?: string | undefined;
  readonly recordings: 'reference' | 'copy' | 'ingest';
}

/** What is equal for all recordings of one device: format, make or serial number, channels, rate. */
export function layoutOf({ format, make, channelList, sampleRate }: RigRecording): string {
  return [format, make, channelList, sampleRate ?? 0].join('|');
}

/** Share of the devices of a folder and a recipe together that both must have. */
const LEAST_ALIKE = 0.5;
/** Share of the paths that a remembered pattern must fit, for the folder to have the rig's shape. */
const LEAST_FITTING = 0.5;

/**
 * The recipe for a folder: of those that know at least half of its devices, and whose pattern fits the folder, the one
 * that is most alike; of equals the one used last. Null where there is none.
 */
export function findRecipe(recipes: readonly ImportRecipe[], recordings: readonly RigRecording[]): ImportRecipe | null {
  const layouts = new Set(recordings.map(layoutOf));
  const scored = recipes.flatMap((recipe) => {
    const known = recipe.devices.filter(({ layout }) => layouts.has(layout)).length;
    const score = known / (layouts.size + recipe.devices.length - known);
    return score >= LEAST_ALIKE && fitsFolder(recipe.pattern, recordings) ? [{ recipe, score }] : [];
  });
  scored.sort((a, b) => b.score - a.score || b.recipe.usedAt.localeCompare(a.recipe.usedAt));
  return scored[0]?.recipe ?? null;
}

function fitsFolder(pattern: string | undefined, recordings: readonly RigRecording[]): boolean {
  if (pattern === undefined) return true;
  try {
    const parsed = parsePattern(pattern);
    const fitting = recordings.filter(({ key }) => matchPath(parsed, key) !== null).length;
    return fitting >= recordings.length * LEAST_FITTING;
  } catch {
    // A pattern of another version.
    return false;
  }
}

/** What a recipe says of the recordings of a scan; nothing of single epochs and subjects, which are others each time. */
export function applyRecipe(
  recipe: ImportRecipe,
  recordings: readonly RigRecording[],
): Pick<ImportChoices, 'recordings' | 'pattern' | 'sessions' | 'subjectLab'> {
  const edits = recordings.flatMap((recording): [string, RecordingEdit][] => {
    const own = layoutOf(recording);
    const known = recipe.devices.find(({ layout }) => layout === own);
    if (known === undefined) return [];
    const edit: RecordingEdit = {
      ...(known.device === recording.device ? {} : { device: known.device }),
      ...(known.reader === undefined ? {} : { reader: known.reader }),
      ...(known.probes === undefined ? {} : { probes: known.probes }),
    };
    return Object.keys(edit).length === 0 ? [] : [[recording.key, edit]];
  });
  return {
    recordings: Object.fromEntries(edits),
    pattern: recipe.pattern,
    sessions: recipe.sessions,
    subjectLab: recipe.subjectLab,
  };
}

/** What is worth remembering of choices: of each device what was said of most of its recordings. */
export function learnRecipe(
  recordings: readonly RigRecording[],
  choices: ImportChoices,
  kept: Pick<ImportRecipe, 'id' | 'usedAt' | 'recordings'> & { readonly name?: string | undefined },
): ImportRecipe {
  const taken = recordings.filter(({ key }) => !choices.exclude.includes(key));
  const devices = [...Map.groupBy(taken, layoutOf)].map(([layout, own]): DeviceRecipe => {
    const said = own.map(({ key, device }) => {
      const { device: name = device, reader, probes } = choices.recordings[key] ?? {};
      return JSON.stringify({ device: name, reader, probes });
    });
    return { layout, ...(JSON.parse(commonest(said)) as Omit<DeviceRecipe, 'layout'>) };
  });
  return {
    id: kept.id,
    name: kept.name ?? rigName(taken),
    usedAt: kept.usedAt,
    devices,
    ...(choices.pattern === undefined ? {} : { pattern: choices.pattern }),
    sessions: choices.sessions,
    ...(choices.subjectLab === undefined ? {} : { subjectLab: choices.subjectLab }),
    recordings: kept.recordings,
  };
}

function commonest(texts: readonly string[]): string {
  const counts = [...Map.groupBy(texts, (text) => text)].map(([text, own]) => [text, own.length] as const);
  return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? '{}';
}

/** Formats and makes of a rig's devices: `Intan RHD2000 + Blackrock`. */
function rigName(recordings: readonly RigRecording[]): string {
  const names = recordings.map(({ formatName, make }) => (make === '' ? formatName : make));
  return [...new Set(names)].join(' + ').slice(0, 100) || 'Rig';
}
