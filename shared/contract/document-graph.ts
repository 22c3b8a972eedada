import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';
import { documentSummarySchema } from './documents.ts';

export const graphNodeSchema = documentSummarySchema.extend({
  /** Named by a dependency, and not there. */
  missing: z.boolean(),
  /** How many documents it depends on, and how many depend on it; the graph may show fewer. */
  dependencies: z.number(),
  dependents: z.number(),
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

/** From the document that depends to the one that it depends on. */
export const graphEdgeSchema = z.object({ from: z.string(), to: z.string(), name: z.string() });
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

export const documentGraphSchema = z.object({
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  /** Whether documents within the levels were left out because they are too many. */
  truncated: z.boolean(),
});
export type DocumentGraphPart = z.infer<typeof documentGraphSchema>;

export const documentGraphContract = {
  /** What lies around a document: at most so many steps along dependencies, in both directions, the nearest first. */
  around: oc
    .input(
      z.object({
        path: pathSchema,
        id: z.string().min(1),
        levels: z.number().int().min(1).max(100).default(2),
        limit: z.number().int().min(1).max(5000).default(200),
      }),
    )
    .output(documentGraphSchema),
  /** Everything that documents depend on, or all that depends on them, directly or not; themselves left out. */
  closure: oc
    .input(
      z.object({
        path: pathSchema,
        ids: z.array(z.string()).min(1),
        direction: z.enum(['antecedents', 'dependents']),
      }),
    )
    .output(z.array(documentSummarySchema)),
  /** Dependencies whose document is not there; of some names only, where names are given. */
  broken: oc
    .input(z.object({ path: pathSchema, names: z.array(z.string()).default([]) }))
    .output(z.array(z.object({ id: z.string(), name: z.string(), missing: z.string() }))),
};
