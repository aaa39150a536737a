import { readFileSync } from 'node:fs';
export function read() {
  return readFileSync('/no/such/file');
}
read();
