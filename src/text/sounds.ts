import { pinyin } from 'pinyin-pro';
import { rememberLast } from './remember.js';

/**
 * The 3,755 characters of the first level of GB 2312 (rows 16 to 55, by
 * sound): those that people write by mistake are common ones.
 */
const FIRST_ROW = 0xb0;
const LAST_ROW = 0xd7;
const FIRST_CELL = 0xa1;
const LAST_CELL = 0xfe;

/** Those of questions; some 30 others each. */
const CHARACTERS = 500;

let charactersBySound: ReadonlyMap<string, string> | null = null;

/** Common characters that can be read as the given one, tones apart; empty for what is no Han character. */
export const soundAlikes: (character: string) => readonly string[] = rememberLast((character) => {
  charactersBySound ??= readCharacters();
  const alike = new Set<string>();
  for (const sound of soundsOf(character)) for (const other of charactersBySound.get(sound) ?? '') alike.add(other);
  alike.delete(character);
  return [...alike];
}, CHARACTERS);

function soundsOf(character: string): string[] {
  return pinyin(character, { toneType: 'none', multiple: true, type: 'array', nonZh: 'removed' });
}

/** Some 30 ms, so only when first needed. */
function readCharacters(): Map<string, string> {
  const bytes: number[] = [];
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = FIRST_CELL; cell <= LAST_CELL; cell++) bytes.push(row, cell);
  }
  const found = new Map<string, string>();
  for (const character of new TextDecoder('gb18030').decode(new Uint8Array(bytes))) {
    if (!/\p{Script=Han}/u.test(character)) continue;
    for (const sound of soundsOf(character)) found.set(sound, (found.get(sound) ?? '') + character);
  }
  return found;
}
