export { MaintenancePanel as default } from './maintenance-panel.tsx';
