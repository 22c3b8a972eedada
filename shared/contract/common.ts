import { z } from 'zod';

/** A binary answer (`shared/model/binary-frame.ts`). It crosses walls as it is: see `electron/services/rpc-handler.ts`. */
export const bytesSchema = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
/** The media type by which such an answer is known on its way. */
export const BYTES_TYPE = 'application/octet-stream';

/** An absolute or relative path of the machine that runs the services. No system has paths with the character NUL. */
export const pathSchema = z
  .string()
  .min(1)
  .max(32_767)
  .refine((path) => !path.includes('\0'), 'a path cannot hold the character NUL');

/** Fields of requests that are about a session: its path, or the path of a dataset and one of its sessions. */
export const sessionPlace = { path: pathSchema, sessionId: z.string().optional() };

/** How much a problem matters: `blocks` (cannot be used), `shouldFix` (used, but look at it), `note`. */
export const problemGradeSchema = z.enum(['blocks', 'shouldFix', 'note']);

/** Something that was noticed and did not stop the work. Codes follow the form of error codes. */
export const problemSchema = z.object({
  grade: problemGradeSchema,
  code: z.string(),
  message: z.string(),
  paths: z.array(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;
