import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/**
 * Names the chunks that the first screen imports lazily in the page's head, so that the browser fetches and compiles
 * them beside the entry instead of after it.
 *
 * @param modules ends of the paths of the modules that such an import names
 */
export function firstScreen(modules: readonly string[]): Plugin {
  return {
    name: 'first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const found = new Set<Rolldown.OutputChunk>();
        for (const module of modules) {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module) === true);
          if (chunk === undefined) throw new Error(`The page has no chunk of its own for ${module}.`);
          addWithImports(chunk, chunks, found);
        }
        return [...found].flatMap(tagsOf).filter((tag) => !html.includes(String(tag.attrs?.['href'])));
      },
    },
  };
}

function addWithImports(
  chunk: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
  found: Set<Rolldown.OutputChunk>,
): void {
  if (found.has(chunk)) return;
  found.add(chunk);
  for (const other of chunks) if (chunk.imports.includes(other.fileName)) addWithImports(other, chunks, found);
}

function tagsOf(chunk: Rolldown.OutputChunk): HtmlTagDescriptor[] {
  const link = (rel: string, file: string): HtmlTagDescriptor => ({
    tag: 'link',
    attrs: { rel, crossorigin: true, href: `./${file}` },
    injectTo: 'head',
  });
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
  return [link('modulepreload', chunk.fileName), ...styles.map((file) => link('stylesheet', file))];
}
