// Before each file of tests: its properties are tried with values of the one seed. fast-check prints what it fell over.
import { configureGlobal, readConfigureGlobal } from 'fast-check';
import { testSeed } from '../../electron/signal/fuzz-seed.ts';

configureGlobal({ ...readConfigureGlobal(), seed: testSeed });
