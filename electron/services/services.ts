import { homedir } from 'node:os';
import { join } from 'node:path';
import type { About, Meter } from '../../shared/contract/application.ts';
import type { Ending } from '../../shared/model/endings.ts';
import { formatNames } from '../formats/registry.ts';
import { startDataWorkers, type DataWorkers } from '../workers/data-workers.ts';
import { CalculatorService } from './calculators/calculators.ts';
import { ComparisonService } from './comparisons.ts';
import { CopiesService } from './copies.ts';
import { DatasetsService } from './datasets.ts';
import { cloudServices, type CloudServices } from './cloud/cloud-services.ts';
import { CloudFileCache } from './cloud/files/cloud-file-cache.ts';
import { fetchingWorkers } from './cloud/files/fetching-workers.ts';
import { type TakeIn, takeInWith } from './cloud/sync/take-in.ts';
import type { Sealer } from './cloud/secrets.ts';
import { DocumentGraphService } from './document-graph.ts';
import { DocumentTypesService } from './document-types.ts';
import { DocumentsService } from './documents.ts';
import { DerivedElementsService } from './derived/derived-elements.ts';
import { ElementsService } from './elements.ts';
import { EditService } from './edits/edits.ts';
import { FormsService } from './forms/forms.ts';
import { HostEvents } from './host-events.ts';
import { ImagesService } from './images/images.ts';
import { IngestService } from './ingest/ingest.ts';
import { ImportRecipes } from './imports/recipes.ts';
import { Items } from './items.ts';
import { Jobs } from './jobs.ts';
import { MaintenanceService } from './maintenance.ts';
import { MissingFiles } from './missing-files.ts';
import { MetadataService } from './metadata.ts';
import { MoviesService } from './movies.ts';
import { ObjectsService } from './objects.ts';
import { OpenItems } from './open-items.ts';
import { OntologyService } from './ontology.ts';
import { Overviews } from './pyramids/overviews.ts';
import { Pyramids, pyramidsFolder } from './pyramids/pyramids.ts';
import { QueryIndexes } from './query-indexes.ts';
import { Recents } from './recents.ts';
import { SettingsService } from './settings.ts';
import { SignalsService } from './signals.ts';
import { StimulusService } from './stimuli/stimuli.ts';
import { SubjectsService } from './subjects.ts';
import { SyncService } from './sync/sync.ts';
import { TablesService } from './tables.ts';
import { UnitsService } from './units/units.ts';
import { applicationVersion } from './version.ts';

export interface ServiceOptions {
  readonly door: About['door'];
  /** The application's own folder: settings, recents, caches. Made when the first thing is kept. */
  readonly dataFolder: string;
  readonly workers?: DataWorkers;
  /** The system's key store, where the door has it; else secrets lie in a file that only the user can read. */
  readonly sealer?: Sealer;
  /** Told of long work that has ended. */
  readonly onEnd?: (ending: Ending) => void;
}

/** The services behind every door. One object a process; `close` ends its threads and open databases. */
export interface Services {
  readonly about: About;
  readonly dataFolder: string;
  readonly jobs: Jobs;
  readonly settings: SettingsService;
  readonly recents: Recents;
  readonly recipes: ImportRecipes;
  readonly hostEvents: HostEvents;
  readonly items: Items;
  readonly sync: SyncService;
  readonly stimuli: StimulusService;
  readonly calculators: CalculatorService;
  readonly units: UnitsService;
  readonly datasets: DatasetsService;
  readonly copies: CopiesService;
  readonly maintenance: MaintenanceService;
  readonly missingFiles: MissingFiles;
  readonly comparisons: ComparisonService;
  readonly documents: DocumentsService;
  readonly documentGraph: DocumentGraphService;
  readonly tables: TablesService;
  readonly documentTypes: DocumentTypesService;
  readonly ontology: OntologyService;
  readonly edits: EditService;
  readonly ingest: IngestService;
  readonly forms: FormsService;
  readonly metadata: MetadataService;
  readonly subjects: SubjectsService;
  readonly objects: ObjectsService;
  readonly signals: SignalsService;
  readonly images: ImagesService;
  readonly movies: MoviesService;
  readonly elements: ElementsService;
  readonly derivedElements: DerivedElementsService;
  readonly pyramids: Pyramids;
  readonly overviews: Overviews;
  readonly cloud: CloudServices;
  readonly workers: DataWorkers;
  /** What goes on by itself once this process is the one that works in its folder. */
  begin(): void;
  meter(): Meter;
  clearCaches(): Promise<Meter>;
  close(): Promise<void>;
}

const MB = 1024 * 1024;
/**
 * The budget of the data process: itself with the code and open databases, and for each thread its headers and the
 * largest answer that it may hold (20 million exact values). The soak test holds the process to it.
 */
const PROCESS_MB = 384;
const THREAD_MB = 256;

export function createServices(options: ServiceOptions): Services {
  const settings = new SettingsService(options.dataFolder);
  const fileCache = new CloudFileCache(options.dataFolder, () => settings.get().cloudFileBudgetMb * MB);
  const openItems = new OpenItems({
    indexFolder: join(options.dataFolder, 'query-indexes'),
    fetchedTo: fileCache.pathOf,
  });
  const recents = new Recents(options.dataFolder);
  const onEnd = options.onEnd ?? (() => {});
  const jobs = new Jobs(onEnd);
  const cloud = cloudServices({
    ...{ dataFolder: options.dataFolder, sealer: options.sealer, openItems, recents, jobs, fileCache, onEnd },
    lasting: options.door !== 'cli',
    // It reads recordings, which may lie in the cloud in turn.
    takeIn: (path, signal) => takeIn(path, signal),
  });
  const workers = fetchingWorkers(options.workers ?? startDataWorkers(), cloud.files);
  const edits = new EditService(openItems, jobs);
  const sync = new SyncService(openItems, workers, edits);
  const pyramids = new Pyramids({
    workers,
    jobs,
    cacheFolder: pyramidsFolder(options.dataFolder),
    budgetBytes: () => settings.get().overviewBudgetMb * MB,
  });
  const indexes = new QueryIndexes(jobs);
  const items = new Items(openItems, workers, recents, indexes);
  const documents = new DocumentsService(openItems, indexes, jobs, cloud.files);
  const signals = new SignalsService(openItems, workers, pyramids);
  const ontology = new OntologyService(options.dataFolder, settings);
  const datasets = new DatasetsService(openItems, items, jobs);
  const ingest = new IngestService(openItems, workers, edits, jobs);
  const takeIn: TakeIn = takeInWith({ openItems, ingest, datasets });
  const services: Services = {
    about: {
      name: 'NDI Desktop',
      version: applicationVersion(),
      door: options.door,
      platform: process.platform,
      node: process.versions.node,
      homeFolder: homedir(),
      formats: [...formatNames],
    },
    dataFolder: options.dataFolder,
    jobs,
    settings,
    recents,
    recipes: new ImportRecipes(options.dataFolder),
    hostEvents: new HostEvents(),
    items,
    sync,
    stimuli: new StimulusService(openItems, workers, edits, sync),
    calculators: new CalculatorService(openItems, workers, sync, edits, jobs),
    units: new UnitsService(openItems, workers, sync),
    datasets,
    copies: new CopiesService(openItems, jobs),
    maintenance: new MaintenanceService(openItems, jobs),
    missingFiles: new MissingFiles(openItems, documents),
    comparisons: new ComparisonService(openItems, workers, jobs),
    documentGraph: new DocumentGraphService(openItems),
    documents,
    documentTypes: new DocumentTypesService(() => settings.get().documentTypeFolders),
    ontology,
    tables: new TablesService(openItems, workers, (node) => ontology.known(node)),
    edits,
    ingest,
    signals,
    images: new ImagesService(openItems, workers, edits),
    movies: new MoviesService(signals),
    elements: new ElementsService(openItems, workers),
    derivedElements: new DerivedElementsService(openItems, workers, edits, jobs),
    pyramids,
    cloud,
    forms: new FormsService(openItems),
    metadata: new MetadataService(openItems, edits),
    subjects: new SubjectsService(openItems, edits, ontology),
    objects: new ObjectsService(openItems, workers, edits, jobs),
    overviews: new Overviews({ items: openItems, workers, pyramids, edits, signals }),
    workers,
    begin() {
      // A journal that cannot be read says so where transfers are listed.
      if (settings.get().continueTransfers) void cloud.transfers.continueInterrupted().catch(() => undefined);
    },
    meter() {
      const memory = process.memoryUsage();
      return {
        rssBytes: memory.rss,
        budgetBytes: (PROCESS_MB + THREAD_MB * workers.size + settings.get().cacheBudgetMb) * MB,
        heapBytes: memory.heapUsed,
        cacheBytes: workers.cacheBytes(),
        cacheBudgetBytes: settings.get().cacheBudgetMb * MB,
        workers: workers.size,
      };
    },
    async clearCaches() {
      openItems.closeAll();
      await workers.clearCaches();
      return services.meter();
    },
    async close() {
      await services.cloud.close();
      jobs.cancelAll();
      openItems.closeAll();
      services.ontology.close();
      services.edits.close();
      await workers.close();
    },
  };
  return services;
}
