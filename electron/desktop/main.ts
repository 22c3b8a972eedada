// Electron's main process begins here.
import { Application } from './application.ts';

new Application().start();
