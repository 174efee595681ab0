import { pinyin } from 'pinyin-pro';
import { isHanCharacter } from './han.js';
import { memoizeLru } from './memoize.js';

/**
 * Range of the 3,755 level-1 characters of GB 2312 (rows 16 to 55, sorted by sound). Only these are used, because the
 * characters that people write by mistake are common ones.
 */
const FIRST_ROW = 0xb0;
const LAST_ROW = 0xd7;
const FIRST_CELL = 0xa1;
const LAST_CELL = 0xfe;

/** Cache size, in characters of questions; each has about 30 homophones. */
const CHARACTERS = 500;

/** Returns the common homophones of a character, ignoring tones; empty when it is not a Han character. */
export type FindHomophones = (character: string) => readonly string[];

/** Creates a finder of homophones. Takes about 30 ms. */
export function createHomophoneFinder(): FindHomophones {
  const charactersBySound = readCharacters();
  return memoizeLru((character) => {
    const alike = new Set<string>();
    for (const sound of soundsOf(character)) for (const other of charactersBySound.get(sound) ?? '') alike.add(other);
    alike.delete(character);
    return [...alike];
  }, CHARACTERS);
}

function soundsOf(character: string): string[] {
  return pinyin(character, { toneType: 'none', multiple: true, type: 'array', nonZh: 'removed' });
}

/** Builds the map from pinyin to characters. */
function readCharacters(): Map<string, string> {
  const bytes: number[] = [];
  for (let row = FIRST_ROW; row <= LAST_ROW; row++) {
    for (let cell = FIRST_CELL; cell <= LAST_CELL; cell++) bytes.push(row, cell);
  }
  const found = new Map<string, string>();
  for (const character of new TextDecoder('gb18030').decode(new Uint8Array(bytes))) {
    if (!isHanCharacter(character)) continue;
    for (const sound of soundsOf(character)) found.set(sound, (found.get(sound) ?? '') + character);
  }
  return found;
}
