import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/domain/subscription.js';
import {
  MAX_CALLBACK_DATA_BYTES,
  encodeCallbackData,
  decodeCallbackData,
} from '../../../src/telegram/ui/callback-data.js';
import {
  columnHash,
  encodeSettingsAction,
  parseSettingsAction,
  VIEWS,
  type SettingsAction,
} from '../../../src/telegram/panels/settings-callback-data.js';
import { buildSettingsPanel } from '../../../src/telegram/panels/settings-view.js';
import { buttonsOf } from '../kit.js';

const presses: fc.Arbitrary<SettingsAction> = fc.oneof(
  fc.record({ kind: fc.constant('view'), view: fc.constantFrom(...VIEWS), page: fc.nat(999) }),
  fc.record({ kind: fc.constant('hour'), hour: fc.nat(23) }),
  fc.record({ kind: fc.constant('minute'), minute: fc.nat(59) }),
  fc.record({ kind: fc.constant('days'), days: fc.constantFrom('daily', 'workdays') }),
  fc.record({ kind: fc.constant('weekday'), weekday: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ kind: fc.constant('column'), mark: fc.string().map(columnHash), page: fc.nat(999) }),
  fc.record({ kind: fc.constant('quiet'), on: fc.boolean() }),
  fc.record({ kind: fc.constant('deadlines'), days: fc.constantFrom(0, 3, 7, 14, 30) }),
  fc.record({ kind: fc.constant('mode'), mode: fc.constantFrom('digest', 'immediate') }),
  fc.record({ kind: fc.constant('words'), field: fc.constantFrom('include', 'exclude') }),
  fc.constant({ kind: 'close' }),
);

describe('the data of the settings panel', () => {
  it('comes back as the press, within 64 bytes', () => {
    fc.assert(
      fc.property(presses, (press) => {
        const data = encodeSettingsAction(press);
        expect(parseSettingsAction(data)).toEqual(press);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(MAX_CALLBACK_DATA_BYTES);
      }),
    );
  });

  it.each(['sv', 'sv:0', 'sv:9:0', 'sh:24', 'sh:-1', 'sh:08', 'sm:60', 'sd:2', 'sw:0', 'sw:8', 'sc:1', 'sq:2', 'sl:5'])(
    '%s is forged',
    (data) => {
      expect(parseSettingsAction(data)).toBeNull();
    },
  );

  it.each([
    'so:2',
    'sp:2',
    'sx:1',
    'sh:1:2',
    'sh:1:',
    's',
    '',
    'sh: 1',
    'sh:1e1',
    'sh:１',
    'n:1',
    `sh:${'1'.repeat(70)}`,
  ])('%s is forged, too', (data) => {
    expect(parseSettingsAction(data)).toBeNull();
  });

  it('made of anything is read only where it is what the panel writes', () => {
    const forged = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .tuple(fc.constantFrom('sv', 'sh', 'sc', 'n', 'r'), fc.array(fc.integer()))
        .map(([p, n]) => encodeCallbackData(p, ...n)),
    );
    fc.assert(
      fc.property(forged, (data) => {
        const press = parseSettingsAction(data);
        if (press !== null) expect(encodeSettingsAction(press)).toBe(data);
      }),
    );
  });

  it('of every button of every view is read back', () => {
    const columns = Array.from({ length: 30 }, (_, i) => `栏目${i}`);
    for (const view of VIEWS) {
      for (const page of [0, 1, 99]) {
        const { buttons } = buildSettingsPanel(
          { ...DEFAULT_SETTINGS, columns: ['早已没有的栏目'] },
          { view, page, columns },
        );
        const data = buttonsOf(buttons).map((button) => button.callback_data ?? '');
        expect(data.filter((one) => parseSettingsAction(one) === null)).toEqual([]);
        expect(data.length).toBeGreaterThan(0);
      }
    }
  });

  it('numbers are read strictly', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(999_999_999), { maxLength: 5 }), (numbers) => {
        expect(decodeCallbackData(encodeCallbackData('x', ...numbers), 'x')).toEqual(numbers);
        expect(decodeCallbackData(encodeCallbackData('x', ...numbers), 'y')).toBeNull();
      }),
    );
  });
});
