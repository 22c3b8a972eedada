// Loaded into the program before it starts (`--import`): files below NDI_TEST_DRIVE do not answer while a file of the
// folder's name with `.stalled` behind it lies beside that folder, as on a network drive that is out of reach. Calls that
// block do block, in whatever thread they are made.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const drive = env.NDI_TEST_DRIVE ?? '';
const { existsSync } = fs;
const isStalled = () => existsSync(`${drive}.stalled`);
const handles = new Map();
const cell = new Int32Array(new SharedArrayBuffer(4));

function isOnDrive(given) {
  const path =
    typeof given === 'number'
      ? handles.get(given)
      : typeof given === 'object' && given !== null && 'href' in given
        ? fileURLToPath(given)
        : given;
  return drive !== '' && typeof path === 'string' && path.startsWith(drive) && !path.endsWith('.stalled');
}

for (const name of [
  'openSync',
  'readSync',
  'statSync',
  'lstatSync',
  'existsSync',
  'readFileSync',
  'readdirSync',
  'fstatSync',
]) {
  const original = fs[name];
  fs[name] = (given, ...rest) => {
    while (isOnDrive(given) && isStalled()) Atomics.wait(cell, 0, 0, 50);
    const answer = original(given, ...rest);
    if (name === 'openSync' && isOnDrive(given)) handles.set(answer, String(given));
    return answer;
  };
}
for (const name of ['stat', 'lstat', 'open', 'readFile', 'readdir', 'access']) {
  const original = fs.promises[name];
  fs.promises[name] = async (given, ...rest) => {
    while (isOnDrive(given) && isStalled()) await sleep(50);
    return original.call(fs.promises, given, ...rest);
  };
}
syncBuiltinESMExports();
