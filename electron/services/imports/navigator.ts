import { PROBE_MAP_CLASS } from '../../ndi/daq/daq-systems.ts';
import { BASE_NAVIGATOR, findEpochFiles, type Navigator } from '../../ndi/daq/navigator.ts';
import { formatPatterns } from '../../ndi/daq/patterns.ts';

/** The file navigator of a DAQ system that is about to be made: NDI's base class, probe maps in hidden files. */
export function newNavigator(filePatterns: readonly string[]): Navigator {
  return {
    id: '',
    className: BASE_NAVIGATOR,
    filePatterns,
    filePatternText: formatPatterns(filePatterns),
    probeMapClass: PROBE_MAP_CLASS,
    probeMapPatterns: [],
  };
}

/** The groups of files that a session in this folder would take for epochs. */
export function groupsFound(sessionFolder: string, filePatterns: readonly string[]): (readonly string[])[] {
  return findEpochFiles(sessionFolder, newNavigator(filePatterns)).epochs.map((epoch) => epoch.files);
}
