export { SyncPanel as default } from './sync-panel.tsx';
