import { create } from 'zustand';

export interface PathRequest {
  readonly kind: 'folder' | 'file';
  /** What the path is wanted for: `Open a folder`. */
  readonly title: string;
  /** Words of the button that takes the choice: `Open`. */
  readonly confirm: string;
  /** Folder to start in; the last one otherwise. */
  readonly startIn?: string;
  /** Why the person is asked, where that is not plain. */
  readonly reason?: string;
}

interface Asked extends PathRequest {
  readonly answer: (path: string | null) => void;
}

/** The question that our own dialog shows at the moment. */
export const usePathRequest = create<{ readonly asked: Asked | null }>()(() => ({ asked: null }));

/** Asks for a folder or file: in the desktop with the system's dialog, else with ours. Null when cancelled. */
export function choosePath(request: PathRequest): Promise<string | null> {
  const host = globalThis.ndiHost;
  if (host !== undefined) {
    const options = {
      title: request.title,
      buttonLabel: request.confirm,
      ...(request.startIn === undefined ? {} : { startIn: request.startIn }),
    };
    return request.kind === 'folder' ? host.chooseFolder(options) : host.chooseFile(options);
  }
  usePathRequest.getState().asked?.answer(null);
  return new Promise((resolve) => {
    usePathRequest.setState({
      asked: {
        ...request,
        answer: (path) => {
          usePathRequest.setState({ asked: null });
          resolve(path);
        },
      },
    });
  });
}
