import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Preferences } from './preferences.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-preferences-'));
const file = join(folder, '.ndi', 'NDI_Preferences.json');
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 'Cloud.Upload.Max_File_Batch_Size';

describe('preferences of NDI', () => {
  it('have defaults, and are kept in the flat file that NDI reads', () => {
    const preferences = new Preferences(file);
    expect(preferences.get(SIZE)).toBe(500_000_000);
    preferences.set(SIZE, '1e6');
    expect(new Preferences(file).get(SIZE)).toBe(1_000_000);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      Cloud__Download__Max_Document_Batch_Count: 10_000,
      Cloud__Upload__Max_Document_Batch_Count: 100_000,
      Cloud__Upload__Max_File_Batch_Size: 1_000_000,
      GUI__Navigator__SessionAppPackages: '',
    });
    preferences.reset(SIZE);
    expect(preferences.get(SIZE)).toBe(500_000_000);
  });

  it('take the kind that is registered, ignore what is not known, and outlive a damaged file', () => {
    const preferences = new Preferences(file);
    preferences.set('GUI.Navigator.SessionAppPackages', 7);
    writeFileSync(
      file,
      JSON.stringify({ Cloud__Upload__Max_File_Batch_Size: '12', Other: 1, GUI__Navigator__SessionAppPackages: 3 }),
    );
    expect([preferences.get(SIZE), preferences.get('GUI.Navigator.SessionAppPackages')]).toEqual([12, '']);
    writeFileSync(file, '{"Cloud__Upload__Max_File_Batch_Size": 3, "Cloud__Upload__Max_Document_Batch_Count": NaN}');
    expect([preferences.get(SIZE), preferences.get('Cloud.Upload.Max_Document_Batch_Count')]).toEqual([3, 100_000]);
    writeFileSync(file, '{ "Cloud');
    expect(preferences.get(SIZE)).toBe(500_000_000);
  });

  it('are refused by path and kind', () => {
    const preferences = new Preferences(file);
    expect(() => preferences.get('cloud.upload.Max_File_Batch_Size')).toThrow('has no preference');
    expect(() => preferences.set(SIZE, 'much')).toThrow('is no number');
    expect(() => preferences.reset('x')).toThrow('has no preference');
  });
});
