export { TracesPanel as default } from './traces-panel.tsx';
