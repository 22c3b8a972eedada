import { createRouterClient } from '@orpc/server';
import { applicationRoutes } from './routes/application.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { calculatorRoutes } from './routes/calculators.ts';
import { cloudRoutes } from './routes/cloud.ts';
import { comparisonRoutes } from './routes/comparisons.ts';
import { documentGraphRoutes } from './routes/document-graph.ts';
import { documentTypeRoutes } from './routes/document-types.ts';
import { cloudCopiesRoutes } from './routes/cloud-copies.ts';
import { cloudFileRoutes } from './routes/cloud-files.ts';
import { cloudPublishRoutes } from './routes/cloud-publish.ts';
import { cloudSyncRoutes } from './routes/cloud-sync.ts';
import { documentRoutes } from './routes/documents.ts';
import { elementRoutes } from './routes/elements.ts';
import { editRoutes } from './routes/edits.ts';
import { preferencesRoutes } from './routes/preferences.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { formRoutes } from './routes/forms.ts';
import { metadataRoutes } from './routes/metadata.ts';
import { os } from './routes/implementer.ts';
import { objectRoutes } from './routes/objects.ts';
import { ontologyRoutes } from './routes/ontology.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signalRoutes } from './routes/signals.ts';
import { syncRoutes } from './routes/sync.ts';
import { stimulusRoutes } from './routes/stimuli.ts';
import { subjectRoutes } from './routes/subjects.ts';
import { tableRoutes } from './routes/tables.ts';
import { imageRoutes } from './routes/images.ts';
import { movieRoutes } from './routes/movies.ts';
import { unitRoutes } from './routes/units.ts';
import type { Services } from './services.ts';

/** Binds the contract to the services. Each procedure is one call; arguments and results are parsed here. */
export function createRouter(services: Services) {
  return os.router({
    ...applicationRoutes(services),
    ...sessionRoutes(services),
    ...ingestRoutes(services),
    ...preferencesRoutes(),
    ...datasetRoutes(services),
    ...maintenanceRoutes(services),
    ...comparisonRoutes(services),
    ...documentRoutes(services),
    ...documentGraphRoutes(services),
    ...tableRoutes(services),
    ...documentTypeRoutes(services),
    ...ontologyRoutes(services),
    ...editRoutes(services),
    ...formRoutes(services),
    ...metadataRoutes(services),
    ...subjectRoutes(services),
    ...objectRoutes(services),
    ...signalRoutes(services),
    ...elementRoutes(services),
    ...stimulusRoutes(services),
    ...calculatorRoutes(services),
    ...unitRoutes(services),
    ...imageRoutes(services),
    ...movieRoutes(services),
    ...cloudRoutes(services),
    ...cloudSyncRoutes(services),
    ...cloudCopiesRoutes(services),
    ...cloudPublishRoutes(services),
    ...cloudFileRoutes(services),
    ...syncRoutes(services),
  });
}

/** The same calls without a transport, for the command line: parsed and answered as over a wall. */
export function createDirectClient(services: Services) {
  return createRouterClient(createRouter(services));
}
