import type { Span } from '../../../domain/fact.js';
import type { ItemEntry, ItemList } from './group.js';

/** Bullet at the start of a line with text behind it. */
const LINE = /^[ \t\u3000]{0,8}([★☆●○◆◇■□▲△▶►·•※✦✓▪—–])[ \t\u3000]{0,4}(?=[^\s★☆●○◆◇■□▲△▶►·•※✦✓▪—–-])/gm;
const LONGEST_BULLET_TEXT = 60;
/** Mark that ends a heading; the colon in 9:30 does not. */
const BULLET_TEXT_END = /[。；;，,\n！？!?]|(?<![0-9])[：:]|[：:](?![0-9])/;
const LONGEST_BULLET_LIST_NAME = 20;
/** Upper bound, in UTF-16 units, on the text between two neighbouring bullets of one list. */
const LONGEST_ENTRY = 600;

interface Bullet {
  readonly mark: string;
  readonly at: Span;
  /** Start offset of its words. */
  readonly from: number;
}

/** Returns the bulleted lists: two or more neighbouring lines that open with the same mark (★ … ★ …). */
export function extractBulletLists(body: string): ItemList[] {
  const groups: ItemList[] = [];
  let run: Bullet[] = [];
  const close = (): void => {
    const entries = run.flatMap((bullet) => entryOf(body, bullet) ?? []);
    if (entries.length > 1) groups.push({ form: 'point', listOf: nameBefore(body, run), total: null, entries });
    run = [];
  };
  for (const match of body.matchAll(LINE)) {
    const start = match.index + match[0].length;
    const bullet = { mark: match[1] ?? '', at: { start: match.index, end: start }, from: start };
    const last = run.at(-1);
    if (last !== undefined && (last.mark !== bullet.mark || bullet.at.start - last.from > LONGEST_ENTRY)) close();
    run.push(bullet);
  }
  close();
  return groups;
}

function entryOf(body: string, { at, from }: Bullet): ItemEntry | null {
  const window = body.slice(from, from + LONGEST_BULLET_TEXT);
  const stop = window.search(BULLET_TEXT_END);
  const name = window.slice(0, stop === -1 ? window.length : stop).trimEnd();
  if (name === '') return null;
  const mark = body.slice(at.start, from).search(/\S/);
  return { name, number: null, at: { start: at.start + Math.max(0, mark), end: from + name.length } };
}

/** Returns the short line before the first bullet, without its colon and 如下; '' when it is no name. */
function nameBefore(body: string, run: readonly Bullet[]): string {
  const start = run[0]?.at.start ?? 0;
  const line =
    /([^\n。；！？:：]{1,24})[:：]?\s*$/
      .exec(body.slice(Math.max(0, start - 28), start))?.[1]
      ?.trim()
      .replace(/如下$/, '') ?? '';
  return line.length <= LONGEST_BULLET_LIST_NAME && /^[\u4e00-\u9fff“”《》]+$/.test(line) ? line : '';
}
