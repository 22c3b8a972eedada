export { RemotePanel as default } from './remote-panel.tsx';
