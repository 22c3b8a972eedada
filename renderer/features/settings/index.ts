export { SettingsPanel as default } from './settings-panel.tsx';
