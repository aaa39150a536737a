import { readFileSync } from 'node:fs';
const a = ;
