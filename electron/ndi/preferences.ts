import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseJsonTolerant } from '../../shared/model/document-json.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { readSmallText, writeWhole } from '../files/whole-files.ts';

/** Values of NDI's own preferences, which NDI-matlab and NDI-python share by a file in the user's folder. */
export type PreferenceValue = string | number;

export interface Preference {
  /** `Category.Name` or `Category.Subcategory.Name`; case counts. */
  readonly path: string;
  readonly value: PreferenceValue;
  readonly defaultValue: PreferenceValue;
  readonly description: string;
}

const registered: readonly Omit<Preference, 'value'>[] = [
  {
    path: 'Cloud.Download.Max_Document_Batch_Count',
    defaultValue: 10_000,
    description: 'Documents of one download from NDI Cloud.',
  },
  {
    path: 'Cloud.Upload.Max_Document_Batch_Count',
    defaultValue: 100_000,
    description: 'Documents of one upload to NDI Cloud.',
  },
  {
    path: 'Cloud.Upload.Max_File_Batch_Size',
    defaultValue: 500_000_000,
    description: 'Bytes of the files of one upload to NDI Cloud.',
  },
  {
    path: 'GUI.Navigator.SessionAppPackages',
    defaultValue: '',
    description: 'Packages of further apps of NDI-matlab, separated by ; or ,.',
  },
];

/** NDI's preferences in `~/.ndi/NDI_Preferences.json`. A damaged file counts as none; saving drops what is not known. */
export class Preferences {
  readonly file: string;

  constructor(file = join(homedir(), '.ndi', 'NDI_Preferences.json')) {
    this.file = file;
  }

  list(): Preference[] {
    const stored = this.#stored();
    return registered.map((one) => ({ ...one, value: coerced(stored[keyOf(one.path)], one.defaultValue) }));
  }

  has(path: string): boolean {
    return registered.some((one) => one.path === path);
  }

  /** @throws NdiError usage.invalid */
  get(path: string): PreferenceValue {
    return (this.list().find((one) => one.path === path) ?? unknown(path)).value;
  }

  /**
   * @param value a text is taken as a number where the preference is one
   * @throws NdiError usage.invalid for an unknown path or a value of the wrong kind, path.*
   */
  set(path: string, value: PreferenceValue): void {
    const known = registered.find((one) => one.path === path) ?? unknown(path);
    const number = typeof known.defaultValue === 'number';
    if (number && (String(value).trim() === '' || !Number.isFinite(Number(value)))) throw notANumber(path, value);
    this.#save({ [path]: number ? Number(value) : String(value) });
  }

  /** One preference, or all, back to the default. @throws NdiError usage.invalid, path.* */
  reset(path?: string): void {
    if (path !== undefined && !this.has(path)) unknown(path);
    const reset = registered.filter((one) => path === undefined || one.path === path);
    this.#save(Object.fromEntries(reset.map((one) => [one.path, one.defaultValue])));
  }

  #save(changes: Readonly<Record<string, PreferenceValue>>): void {
    const values = this.list().map((one) => [keyOf(one.path), changes[one.path] ?? one.value]);
    mkdirSync(dirname(this.file), { recursive: true });
    writeWhole(this.file, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`);
  }

  #stored(): Readonly<Record<string, unknown>> {
    const text = readSmallText(this.file);
    if (text === null) return {};
    try {
      // Python writes bare NaN.
      const parsed: unknown = parseJsonTolerant(text);
      return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
    } catch {
      // NDI itself only warns of a damaged file and goes on with the defaults.
      return {};
    }
  }
}

function keyOf(path: string): string {
  return path.replaceAll('.', '__');
}

function coerced(stored: unknown, defaultValue: PreferenceValue): PreferenceValue {
  if (typeof defaultValue === 'string') return typeof stored === 'string' ? stored : defaultValue;
  const number = typeof stored === 'number' || typeof stored === 'string' ? Number(stored) : NaN;
  return Number.isFinite(number) ? number : defaultValue;
}

function unknown(path: string): never {
  throw new NdiError({
    code: 'usage.invalid',
    message: `NDI has no preference "${path}".`,
    recovery: `Use one of: ${registered.map((one) => one.path).join(', ')}.`,
    details: { path },
  });
}

function notANumber(path: string, value: PreferenceValue): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `"${value}" is no number, which ${path} must be.`,
    recovery: 'Give a number.',
    details: { path, value },
  });
}
