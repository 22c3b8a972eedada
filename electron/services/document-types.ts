import type { CallOutputs } from '../../shared/contract/contract.ts';
import { fileList } from '../../shared/model/document-files.ts';
import { type JsonObject, toPlainJson } from '../../shared/model/document-json.ts';
import { dependencies } from '../../shared/model/documents.ts';
import { toErrorReport } from '../../shared/model/errors.ts';
import { blankDocument } from '../ndi/documents/build.ts';
import { readLabTypes } from '../ndi/documents/lab-types.ts';
import { allDocumentTypes, ancestorsOf, type DocumentType, setLabTypes } from '../ndi/documents/types.ts';
import { fullPath } from './open-items.ts';

type Outputs = CallOutputs['documentTypes'];

/** Document types: NDI's own, and those of the folders that the settings and this process's callers name. */
export class DocumentTypesService {
  readonly #fromSettings: () => readonly string[];
  readonly #added: string[] = [];
  #problems: Outputs['list']['problems'] = [];

  constructor(fromSettings: () => readonly string[]) {
    this.#fromSettings = fromSettings;
    this.reload();
  }

  /** Reads all folders again. One that cannot be read is a problem, not a failure. */
  reload(): void {
    const types = new Map<string, DocumentType>();
    this.#problems = [];
    for (const folder of new Set([...this.#fromSettings(), ...this.#added].map(fullPath))) {
      try {
        const read = readLabTypes(folder);
        for (const [name, type] of read.types) types.set(name, type);
        this.#problems.push(...read.problems);
      } catch (error) {
        this.#problems.push({ path: folder, why: toErrorReport(error).message });
      }
    }
    setLabTypes(types);
  }

  list(): Outputs['list'] {
    const types = [...allDocumentTypes()].map(([name, type]) => {
      const blank = blankDocument(name);
      return {
        class: name,
        version: type.version,
        parents: [...type.parents],
        ancestors: [...ancestorsOf(name)],
        dependencies: dependencies(blank).map((one) => one.name),
        files: fileList(blank),
        issues: [...(type.issues ?? [])],
        checked: type.schema !== null,
        folder: type.folder ?? null,
      };
    });
    return { types: types.sort((a, b) => (a.class < b.class ? -1 : 1)), problems: [...this.#problems] };
  }

  /** @throws NdiError document.invalid for an unknown class */
  blank(className: string): Outputs['blank'] {
    return toPlainJson(blankDocument(className)) as JsonObject;
  }

  /** @throws NdiError path.* where the folder cannot be read */
  use(folder: string): Outputs['use'] {
    const { types } = readLabTypes(fullPath(folder));
    this.#added.push(folder);
    this.reload();
    return { classes: [...types.keys()].sort() };
  }
}
