#!/usr/bin/env node
// JavaScript, and the first that runs: what Node loads after this line it finds translated and compiled from the start
// before, which spares each start but the first half of its time.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
