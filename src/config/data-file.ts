export { readDataFile } from '../bootstrap/data-files.js';
