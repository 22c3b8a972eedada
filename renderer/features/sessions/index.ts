export { SessionPanel as default } from './session-panel.tsx';
