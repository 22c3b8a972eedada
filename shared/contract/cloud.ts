import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { documentDetailSchema, queryConditionSchema } from './documents.ts';

/** An account that a person uses, without its secrets. */
export const profileSchema = z.object({
  id: z.string(),
  nickname: z.string(),
  email: z.string(),
  /** Base address of the server's API. */
  server: z.string(),
  /** Chosen once and kept; null until then. */
  organizationId: z.string().nullable(),
  organizationName: z.string(),
});
export type Profile = z.infer<typeof profileSchema>;

const organizationSchema = z.object({ id: z.string(), name: z.string() });

/** Who is signed in, as far as is known without asking the server. Tokens and passwords never cross a wall. */
export const accountSchema = z.object({
  /** Nickname of the profile; `environment` where NDI's environment variables say who. */
  profile: z.string(),
  profileId: z.string().nullable(),
  email: z.string(),
  userId: z.string().nullable(),
  organization: organizationSchema.nullable(),
  server: z.string(),
  /** The server, for people: `NDI Cloud`. */
  serverName: z.string(),
  /** ISO 8601; null without a token or where it names no end. */
  expiresAt: z.string().nullable(),
  state: z.enum(['absent', 'malformed', 'noExpiry', 'valid', 'expiring', 'expired']),
  /** It can be renewed without asking: the password is kept. */
  renews: z.boolean(),
  /** The clocks of this computer and of the server are more than a day apart. */
  clockWrong: z.boolean(),
  /** The secrets outlive this process. */
  kept: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

export const signInSchema = z.object({
  email: z.string().trim().min(1),
  password: z.string().min(1),
  /** `production`, `development` or an address; the current profile's server without it. */
  server: z.string().trim().optional(),
  /** Where the account has several organizations. */
  organizationId: z.string().optional(),
  /** Name of the profile; that of an existing one replaces its account. */
  nickname: z.string().trim().optional(),
  /** Keep the password, so that the session renews itself. */
  remember: z.boolean().default(true),
});
export type SignIn = z.input<typeof signInSchema>;

export const datasetListSchema = z.enum(['mine', 'public', 'submitted', 'deleted']);
export type DatasetList = z.infer<typeof datasetListSchema>;

/** A dataset in the cloud, as lists show it. */
export const remoteDatasetSchema = z.object({
  id: z.string(),
  name: z.string(),
  published: z.boolean(),
  submitted: z.boolean(),
  documents: z.number().nullable(),
  bytes: z.number().nullable(),
  updatedAt: z.string().nullable(),
  /** Folder of the dataset of this computer that is linked with it, among those opened lately. */
  linkedPath: z.string().nullable(),
  abstract: z.string(),
  authors: z.array(z.string()),
  license: z.string(),
  /** Empty without one. */
  doi: z.string(),
  /** When a deleted one is gone for good. */
  deletedAt: z.string().nullable(),
});
export type RemoteDataset = z.infer<typeof remoteDatasetSchema>;

export const remoteDocumentsSchema = z.object({
  total: z.number(),
  documents: z.array(z.object({ id: z.string(), cloudId: z.string(), class: z.string(), name: z.string() })),
  /** What to know about the list, or null. */
  note: z.string().nullable(),
});
export type RemoteDocuments = z.infer<typeof remoteDocumentsSchema>;

export const remoteDocumentSchema = z.object({
  id: z.string(),
  /** Address of the document in its dataset. */
  cloudId: z.string(),
  class: z.string(),
  name: z.string(),
  datasetId: z.string(),
  /** Empty where the dataset does not tell its name. */
  dataset: z.string(),
  published: z.boolean(),
});
export type RemoteDocument = z.infer<typeof remoteDocumentSchema>;

/** A document in the cloud as it is there; what depends on it is asked by a query. */
export const remoteDocumentDetailSchema = documentDetailSchema
  .pick({ document: true, summary: true, superclasses: true, cut: true })
  .extend({
    dataset: z.string(),
    published: z.boolean(),
    dependencies: z.array(z.object({ name: z.string(), id: z.string() })),
    files: z.array(z.string()),
  });
export type RemoteDocumentDetail = z.infer<typeof remoteDocumentDetailSchema>;

const email = z.object({ email: z.string().trim().min(1) });
const server = z.object({ server: z.string().optional() });
const profileId = z.object({ id: z.string() });
const done = z.object({ done: z.literal(true) });

export const cloudContract = {
  /** Who is signed in; null for nobody. */
  account: oc.output(accountSchema.nullable()),
  /** The same now, and whenever it changes. */
  watchAccount: oc.output(eventIterator(accountSchema.nullable())),
  /** @throws auth.chooseOrganization with ids and labels in its details: ask, and sign in again with one */
  signIn: oc.input(signInSchema).output(accountSchema),
  /** Succeeds without a network too; says then that the server was not told. */
  signOut: oc.output(z.object({ warning: z.string().nullable() })),
  /** Asks the server whether the session is good. */
  probe: oc
    .input(z.object({ email: z.string().optional() }))
    .output(z.object({ isGood: z.boolean(), reason: z.string().nullable(), account: accountSchema.nullable() })),
  organizations: oc.output(z.array(organizationSchema.extend({ label: z.string() }))),
  chooseOrganization: oc.input(z.object({ organizationId: z.string() })).output(accountSchema),

  profiles: oc.output(
    z.object({ profiles: z.array(profileSchema), currentId: z.string().nullable(), defaultId: z.string().nullable() }),
  ),
  /** Another account; the token of the one before is dropped, unless it is for a moment only (`keepToken`). */
  useProfile: oc.input(profileId.extend({ keepToken: z.boolean().default(false) })).output(accountSchema),
  setDefaultProfile: oc.input(profileId).output(done),
  removeProfile: oc.input(profileId).output(done),

  createAccount: oc.input(email.extend({ name: z.string(), password: z.string() }).extend(server.shape)).output(done),
  resendCode: oc.input(email.extend(server.shape)).output(done),
  confirmAccount: oc.input(email.extend({ code: z.string() }).extend(server.shape)).output(done),
  forgotPassword: oc.input(email.extend(server.shape)).output(done),
  resetPassword: oc.input(email.extend({ code: z.string(), password: z.string() }).extend(server.shape)).output(done),
  changePassword: oc.input(z.object({ oldPassword: z.string(), newPassword: z.string() })).output(done),

  datasets: oc
    .input(z.object({ list: datasetListSchema.default('mine'), search: z.string().default('') }))
    .output(z.object({ total: z.number(), datasets: z.array(remoteDatasetSchema) })),
  /** Documents of all datasets that the account may read. Words of a free text are looked for in the names. */
  findDocuments: oc
    .input(
      z.object({
        where: z.array(queryConditionSchema).default([]),
        class: z.string().optional(),
        text: z.string().default(''),
        limit: z.number().int().min(1).max(1000).default(50),
      }),
    )
    .output(z.object({ total: z.number(), documents: z.array(remoteDocumentSchema) })),
  /** Documents of a dataset in the cloud, without fetching it; `isa` also finds derived classes. */
  documents: oc
    .input(
      z.object({ datasetId: z.string(), isa: z.string().optional(), limit: z.number().int().min(0).default(1000) }),
    )
    .output(remoteDocumentsSchema),
  /** One document of a dataset in the cloud, without fetching the dataset. */
  document: oc.input(z.object({ datasetId: z.string(), cloudId: z.string() })).output(remoteDocumentDetailSchema),
};
