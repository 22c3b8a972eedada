export { CloudSyncPanel as default } from './cloud-sync-panel.tsx';
