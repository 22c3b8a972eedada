import { useEffect, useState, type ComponentType } from 'react';

/** Fetches a module whose default export is a component. The same function always means the same component. */
type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>;

/** What has arrived, by the function that fetched it. */
const arrived = new WeakMap<object, unknown>();

/** Fetches a component before it is drawn. A fetch that failed is tried again by the next call. */
export async function fetchComponent<P>(load: Load<P>): Promise<void> {
  arrived.set(load, (await load()).default);
}

/**
 * A component of a chunk of its own; undefined until it has arrived. It takes the place of `lazy`: once React has shown
 * a fallback of `Suspense` it holds what arrives back until 300 ms have passed, at the first screen twice.
 * @throws whatever the fetch failed with, while drawing, for the boundary around
 */
export function useComponent<P>(load: Load<P>): ComponentType<P> | undefined {
  const [ended, setEnded] = useState<{ readonly load: Load<P>; readonly fault?: unknown }>();
  useEffect(() => {
    if (arrived.has(load)) return undefined;
    let current = true;
    fetchComponent(load).then(
      () => current && setEnded({ load }),
      (fault: unknown) => current && setEnded({ load, fault }),
    );
    return () => {
      current = false;
    };
  }, [load]);
  if (ended?.load === load && 'fault' in ended) throw ended.fault;
  return arrived.get(load) as ComponentType<P> | undefined;
}
