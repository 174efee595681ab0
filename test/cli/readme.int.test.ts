import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isBuilt } from '../support/bot-process.js';
import { newFolder, run } from './run.js';

describe.runIf(isBuilt)('the README (needs dist/main.js)', () => {
  it.each(['README.md', 'README.zh-CN.md'])('shows in %s a chat as it really goes', async (file) => {
    const transcript = /```\n(问> [\s\S]*?)\n```/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    const turns = transcript
      .split(/^问> /m)
      .slice(1)
      .map((turn) => turn.trimEnd().split('\n'));
    expect(turns.length).toBeGreaterThan(2);
    const { out } = await run(await newFolder(), ['chat'], { input: turns.map(([question]) => question).join('\n') });
    for (const [, ...answer] of turns) expect(out).toContain(`${answer.join('\n')}\n`);
  });
});
