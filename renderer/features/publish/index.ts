export { PublishPanel as default } from './publish-panel.tsx';
