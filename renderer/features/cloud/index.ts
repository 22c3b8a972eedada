export { RemoteDatasetsPanel as default } from './remote-datasets-panel.tsx';
