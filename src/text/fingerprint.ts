import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ANALYSER_VERSION } from './analyser.js';

const packageSchema = z.object({ name: z.string().optional(), version: z.string().optional() });

/**
 * Stands for everything that decides how text becomes terms: the analyser's
 * version, the user dictionary, and the versions of the libraries that segment
 * and fold. An index made under another fingerprint is not comparable.
 */
export function fingerprintOf(userDictionary: string): string {
  const hash = createHash('sha256');
  hash.update(`analyser ${ANALYSER_VERSION.toString()}\n`);
  for (const name of ['nodejs-jieba', 'opencc-js']) hash.update(`${name} ${versionOf(name)}\n`);
  hash.update(`unicode ${process.versions['unicode'] ?? ''}\n`);
  hash.update(readFileSync(userDictionary));
  return hash.digest('hex').slice(0, 16);
}

/** Neither package exports its package.json, so it is looked for above the entry file; folders inside may have one too. */
function versionOf(name: string): string {
  for (let folder = dirname(createRequire(import.meta.url).resolve(name)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found = existsSync(file) ? packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
    if (found.name === name && found.version !== undefined) return found.version;
  }
}
