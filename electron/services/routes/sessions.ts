import { labs } from '../../ndi/daq/lab-setups.ts';
import { makeDemo, suggestDemoFolder } from '../demo/demo.ts';
import { listFolder, locateDropped } from '../folders.ts';
import { addRecordings } from '../imports/add-recordings.ts';
import { additionHome } from '../imports/addition-home.ts';
import { createSession } from '../imports/create.ts';
import { undoCreation } from '../imports/creations.ts';
import { freeBytesAt, sizeOfFiles } from '../imports/folders.ts';
import { describeMatrix, matrixOf } from '../imports/raw-matrix.ts';
import { readersOf } from '../imports/readers.ts';
import { scanForImport } from '../imports/scan.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function sessionRoutes(services: Services) {
  const { recents, items } = services;
  return {
    items: {
      info: os.items.info.handler(({ input, signal }) => items.info(input.path, input.sessionId, signal)),
      open: os.items.open.handler(({ input, signal }) => items.open(input.path, signal)),
    },
    recents: {
      list: os.recents.list.handler(() => recents.list()),
      pin: os.recents.pin.handler(({ input }) => recents.pin(input.path, input.pinned)),
      remove: os.recents.remove.handler(({ input }) => recents.remove(input.path)),
    },
    folders: {
      list: os.folders.list.handler(({ input }) => listFolder(input.path, input.files)),
      locate: os.folders.locate.handler(async ({ input }) => ({
        paths: await locateDropped(input, recents.paths()),
      })),
    },
    imports: {
      scan: os.imports.scan.handler(({ input, signal }) => scanForImport(services, input, signal)),
      labs: os.imports.labs.handler(() => labs.map(({ name, systems }) => ({ name, systems: [...systems] }))),
      create: os.imports.create.handler(({ input, signal }) => createSession(services, input, signal)),
      add: os.imports.add.handler(({ input, signal }) => addRecordings(services, input, signal)),
      additionHome: os.imports.additionHome.handler(({ input }) => additionHome(input.path)),
      undoCreate: os.imports.undoCreate.handler(({ input }) => undoCreation(services, input.path)),
      recipes: os.imports.recipes.handler(() => services.recipes.list()),
      keepRecipe: os.imports.keepRecipe.handler(({ input }) => services.recipes.keep(input)),
      forgetRecipe: os.imports.forgetRecipe.handler(({ input }) => services.recipes.forget(input.id)),
      space: os.imports.space.handler(async ({ input }) => ({
        freeBytes: await freeBytesAt(input.folder),
        fileBytes: await sizeOfFiles(input.files),
      })),
      matrix: os.imports.matrix.handler(({ input }) => matrixOf(input.file)),
      describeMatrix: os.imports.describeMatrix.handler(({ input, signal }) => describeMatrix(services, input, signal)),
      readers: os.imports.readers.handler(async ({ input, signal }) =>
        readersOf(await services.workers.describe(input.path, signal)),
      ),
    },
    demo: {
      make: os.demo.make.handler(({ input }) => makeDemo(services, input)),
      suggestFolder: os.demo.suggestFolder.handler(() => ({ folder: suggestDemoFolder() })),
    },
  };
}
