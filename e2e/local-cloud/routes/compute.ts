import { created, done, nothing, ok, refuse, type Answer } from '../answers.ts';
import type { Cloud } from '../cloud.ts';
import { objectBody, userOf, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';
import { fieldsOf, jobOf, newJob, setJob } from '../store/jobs.ts';

/** Stages of the pipelines that the live tests use; a pipeline that ends by itself takes so long for each. */
interface Pipeline {
  readonly stages: readonly string[];
  readonly runsItself: boolean;
}

const pipelines: Record<string, Pipeline> = {
  'hello-world-v1': { stages: ['initial-setup', 'process', 'cleanup'], runsItself: true },
  'zombie-test-v1': { stages: ['wait'], runsItself: false },
  'hello-matlab-v1': { stages: ['verify'], runsItself: true },
};
const STAGE_MS = 200;

export const computeRoutes: Routes = {
  startCompute(request): Answer {
    const { cloud } = request;
    const user = userOf(request);
    const { pipelineId } = objectBody(request);
    const pipeline = pipelines[String(pipelineId)];
    if (pipeline === undefined) throw refuse.message(400, `The pipeline ${String(pipelineId)} is not known`);
    if (pipelineId === 'hello-matlab-v1' && licenseOf(user)['mode'] === undefined) {
      const text = 'A MATLAB license is needed';
      const json = { code: 'MATLAB_LICENSE_REQUIRED', error: text, message: text, requiredRelease: 'R2024b' };
      return { status: 400, json };
    }
    const first = pipeline.stages[0] ?? '';
    const fields = { owner: user['id'], pipelineId, status: 'RUNNING', currentStageId: first, history: {} };
    const id = newJob(cloud, 'compute', '', fields);
    if (pipeline.runsItself) cloud.later(STAGE_MS, () => runOn(cloud, id));
    return created({ sessionId: id });
  },

  listCompute(request) {
    const owner = userOf(request)['id'];
    const jobs = request.cloud.db.all("SELECT * FROM jobs WHERE kind = 'compute' ORDER BY created_at");
    return ok({ sessions: jobs.filter((job) => fieldsOf(job)['owner'] === owner).map(sessionJson) });
  },

  getCompute: (request) => ok(sessionJson(sessionOf(request))),

  abortCompute(request): Answer {
    const job = sessionOf(request);
    setJob(request.cloud, String(job['id']), 'failed', { status: 'ABORTED', currentStageId: null });
    return nothing;
  },

  triggerStage(request) {
    const job = sessionOf(request);
    const stage = request.path['stageId'] ?? '';
    const stages = stagesOf(job);
    if (!stages.includes(stage)) throw refuse.notFound('Stage');
    setJob(request.cloud, String(job['id']), 'running', { currentStageId: stage });
    return done();
  },

  advanceCompute(request) {
    advance(request.cloud, sessionOf(request));
    return done();
  },

  getMatlabLicense: (request) => ok(licenseAnswer(licenseOf(userOf(request)))),

  allocateMatlabLicenseMac(request): Answer {
    const user = userOf(request);
    const license = licenseOf(user);
    if (license['mode'] === 'network') throw refuse.message(409, 'A network license is registered');
    if (license['macAddress'] !== undefined) return ok(licenseAnswer(license));
    const reserved = {
      ...license,
      mode: 'dedicated',
      macAddress: '02:00:00:00:00:01',
      eniId: 'eni-1',
      subnetId: 'sn-1',
    };
    return created(licenseAnswer(keepLicense(request, user, reserved)));
  },

  setMatlabLicense(request) {
    const user = userOf(request);
    const { networkLicenseFile, dedicatedLicenseFile, release } = objectBody(request);
    const registeredAt = new Date(request.cloud.now()).toISOString();
    if (typeof networkLicenseFile === 'string' && networkLicenseFile !== '') {
      return ok(licenseAnswer(keepLicense(request, user, { mode: 'network', registeredAt, files: ['network'] })));
    }
    if (typeof dedicatedLicenseFile !== 'string' || !/^R\d{4}[ab]$/.test(String(release))) {
      throw refuse.message(400, 'The license file was not accepted');
    }
    const license = licenseOf(user);
    const files = [...new Set([...((license['files'] as string[] | undefined) ?? []), String(release)])];
    return ok(licenseAnswer(keepLicense(request, user, { ...license, mode: 'dedicated', registeredAt, files })));
  },

  clearMatlabLicense(request): Answer {
    const user = userOf(request);
    const release = request.query.get('release');
    const files = ((licenseOf(user)['files'] as string[] | undefined) ?? []).filter((file) => file !== release);
    if (release === null || files.length === 0) {
      keepLicense(request, user, {});
      return nothing;
    }
    return ok(licenseAnswer(keepLicense(request, user, { ...licenseOf(user), files })));
  },
};

function runOn(cloud: Cloud, id: string): void {
  const job = cloud.db.get('SELECT * FROM jobs WHERE id = ?', id);
  if (job === undefined || fieldsOf(job)['status'] !== 'RUNNING') return;
  advance(cloud, job);
  cloud.later(STAGE_MS, () => runOn(cloud, id));
}

function advance(cloud: Cloud, job: Row): void {
  const fields = fieldsOf(job);
  const stages = stagesOf(job);
  const current = String(fields['currentStageId']);
  const next = stages[stages.indexOf(current) + 1];
  const ended = { status: 'COMPLETED', statusMessage: 'done', awsResourceId: '' };
  const history = { ...(fields['history'] as object), [current]: ended };
  if (next === undefined)
    setJob(cloud, String(job['id']), 'completed', { history, status: 'COMPLETED', currentStageId: null });
  else setJob(cloud, String(job['id']), 'running', { history, currentStageId: next });
}

function stagesOf(job: Row): readonly string[] {
  return pipelines[String(fieldsOf(job)['pipelineId'])]?.stages ?? [];
}

/** @throws Refused 404 */
function sessionOf(request: Request): Row {
  const job = jobOf(request.cloud, request.path['sessionId'] ?? '', 'compute');
  if (fieldsOf(job)['owner'] !== userOf(request)['id']) throw refuse.notFound('Session');
  return job;
}

function sessionJson(job: Row) {
  const { status, currentStageId, history } = fieldsOf(job);
  return { sessionId: job['id'], status, currentStageId, history };
}

function licenseOf(user: Row): Record<string, unknown> {
  return JSON.parse(String(user['license'])) as Record<string, unknown>;
}

function keepLicense(request: Request, user: Row, license: Record<string, unknown>): Record<string, unknown> {
  request.cloud.db.run('UPDATE users SET license = ? WHERE id = ?', JSON.stringify(license), String(user['id']));
  return license;
}

function licenseAnswer(license: Record<string, unknown>) {
  const empty = { mode: null, eniId: null, macAddress: null, subnetId: null, registeredAt: null, files: [] };
  return { ...empty, ...license, instructions: null };
}
