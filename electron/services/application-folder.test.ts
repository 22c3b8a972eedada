import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applicationFolder } from './application-folder.ts';

describe('applicationFolder', () => {
  it('lies where each system keeps such folders', () => {
    expect(applicationFolder({}, 'linux')).toBe(join(homedir(), '.config', 'NDI Desktop'));
    expect(applicationFolder({ XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(join('/x', 'NDI Desktop'));
    expect(applicationFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'NDI Desktop'));
    expect(applicationFolder({ APPDATA: '/a' }, 'win32')).toBe(join('/a', 'NDI Desktop'));
  });

  it('may be named', () => {
    expect(applicationFolder({ NDI_DATA_FOLDER: 'mine', XDG_CONFIG_HOME: '/x' }, 'linux')).toBe(resolve('mine'));
  });
});
