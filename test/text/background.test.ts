import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadBackgroundFrequencies, type BackgroundFrequencies } from '../../src/text/background.js';

function load(...lines: readonly string[]): BackgroundFrequencies {
  const folder = mkdtempSync(join(tmpdir(), 'bulletin-idf-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'idf'), `${lines.join('\n')}\n`);
  return loadBackgroundFrequencies(join(folder, 'idf'));
}

describe('the specificity of a word in general Chinese', () => {
  it('grows with its inverse document frequency, between the bounds', () => {
    const { specificity } = load('的 2.1', '打算 3', '通知 5.75', '遗存 8.5', '窨井 13.9');
    expect(['的', '打算', '通知', '遗存', '窨井'].map(specificity)).toEqual([0, 0, 0.5, 1, 1]);
  });

  it('is high, but not full, for a word that the table does not hold', () => {
    const background = load('的 2.1');
    expect(background.specificity('江小舟')).toBe(0.8);
    expect([background.has('的'), background.has('江小舟')]).toEqual([true, false]);
  });

  it('is not read from lines without a word', () => {
    expect(load('', ' 5', '的 2.1').has('')).toBe(false);
  });
});
