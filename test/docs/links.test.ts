import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const pagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => normalize(join(folder, name)));

const PAGES = ['.', 'docs', 'docs/decisions', 'data'].flatMap(pagesIn);

/** Relative targets of links, without their anchors. */
function linksOf(page: string): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^(?:https?:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}

/** Files that CONTRIBUTING.md tells its reader to make. */
const EXAMPLE = /NAME|venue/;

/** Source files named in running text or in a table. */
const namedFilesOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/(?:src|test|scripts|data)\/[\w./-]+\.(?:ts|json|txt|jsonl)/g)].map(
    ([file]) => file,
  );

describe('the documents', () => {
  it.each(PAGES)('lead in %s to nothing that is missing', (page) => {
    expect(linksOf(page).filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
    expect(namedFilesOf(page).filter((file) => !EXAMPLE.test(file) && !existsSync(file))).toEqual([]);
  });

  it('describe every room that the rules of the layers name', () => {
    const rules = readFileSync('.dependency-cruiser.cjs', 'utf8');
    const [, list = ''] = /const ROOMS = \[([^\]]*)\]/.exec(rules) ?? [];
    const rooms = [...list.matchAll(/'([^']+)'/g)].map(([, room = '']) => room);
    expect(rooms.length).toBeGreaterThan(15);
    const map = readFileSync('docs/architecture.md', 'utf8');
    expect(rooms.filter((room) => !map.includes(`| \`${room}\` |`))).toEqual([]);
  });
});
