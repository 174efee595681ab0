/** A process that becomes the sole one of a folder and stays until it is killed. Usage: sole-child.ts <folder> */
import { acquireServeLock } from '../../../src/store/serve-lock.js';

await acquireServeLock(process.argv[2] ?? '');
console.log('sole');
setInterval(() => undefined, 60_000);
