import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ANALYSER_VERSION } from './analyser.js';

const packageSchema = z.object({ name: z.string().optional(), version: z.string().optional() });

/**
 * Returns a hash (16 hexadecimal digits) of everything that determines the terms of a text: the analyser's version, the
 * user dictionary, and the versions of Unicode and of the libraries that segment and fold. An index built under another
 * fingerprint must be rebuilt.
 */
export function fingerprintOf(userDictionary: string): string {
  const hash = createHash('sha256');
  hash.update(`analyser ${ANALYSER_VERSION.toString()}\n`);
  for (const name of ['nodejs-jieba', 'opencc-js']) hash.update(`${name} ${versionOf(name)}\n`);
  hash.update(`unicode ${process.versions['unicode'] ?? ''}\n`);
  hash.update(readFileSync(userDictionary));
  return hash.digest('hex').slice(0, 16);
}

/** Reads a package's version from the package.json above its entry file, as neither package exports package.json. */
function versionOf(name: string): string {
  for (let folder = dirname(createRequire(import.meta.url).resolve(name)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found = existsSync(file) ? packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
    if (found.name === name && found.version !== undefined) return found.version;
  }
}
