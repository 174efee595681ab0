/**
 * What Telegram makes of a bot's request, without any state: its parameters,
 * HTML into text and entities, keyboards, and the refusals in Telegram's words.
 */

export type Params = Readonly<Record<string, unknown>>;
export interface UploadedFile {
  readonly filename: string;
  readonly content: Buffer;
}
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user?: { readonly id: number };
  readonly custom_emoji_id?: string;
}

/** An answer `{ok: false}`. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: Params | undefined;

  constructor(code: number, description: string, parameters?: Params) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (description: string): ApiError => new ApiError(400, `Bad Request: ${description}`);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Parameters

const JSON_FIELDS =
  /^(reply_markup|reply_parameters|(caption_)?entities|allowed_updates|commands|scope|link_preview_options|results)$/;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function readParams(body: Buffer, contentType: string, query: URLSearchParams): Params {
  const params: Record<string, unknown> = Object.fromEntries(query);
  const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
  if (boundary !== undefined) {
    Object.assign(params, readMultipart(body, boundary));
  } else if (contentType.includes('json')) {
    const json = body.length === 0 ? {} : parseJson(body.toString());
    if (!isRecord(json)) throw badRequest('JSON object expected in the request body');
    Object.assign(params, json);
  } else {
    Object.assign(params, Object.fromEntries(new URLSearchParams(body.toString())));
  }
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string' && JSON_FIELDS.test(name)) params[name] = parseJson(value) ?? value;
  }
  return params;
}

/** Own parser, because grammY writes `filename=` without quotes, which stricter ones refuse. */
function readMultipart(body: Buffer, boundary: string): Params {
  const params: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1)) {
    const cut = part.indexOf('\r\n\r\n');
    const head = fromBytes(part.slice(0, Math.max(cut, 0)));
    const name = /[;\s]name="?([^";\r\n]*)/i.exec(head)?.[1];
    if (cut < 0 || name === undefined) continue;
    const content = Buffer.from(part.slice(cut + 4, -2), 'latin1');
    const filename = /filename="?([^";\r\n]*)/i.exec(head)?.[1];
    if (filename === undefined) params[name] = content.toString();
    else files.set(name, { filename, content });
  }
  const attached = new Set<string>();
  for (const [name, value] of Object.entries(params)) {
    const reference = typeof value === 'string' && value.startsWith('attach://') ? value.slice(9) : '';
    if (!files.has(reference)) continue;
    params[name] = files.get(reference);
    attached.add(reference);
  }
  for (const [name, file] of files) if (!attached.has(name)) params[name] = file;
  return params;
}

export function isUploadedFile(value: unknown): value is UploadedFile {
  return isRecord(value) && typeof value['filename'] === 'string' && Buffer.isBuffer(value['content']);
}

/** A parameter that is text; numbers and booleans come as they would in a form. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function integerOf(params: Params, name: string): number | undefined {
  const value = textOf(params, name)?.trim() ?? '';
  return /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

// HTML. Works on one character per UTF-8 byte, since Telegram reports places as byte offsets.

interface OpenTag {
  readonly name: string;
  readonly argument: string;
  readonly start: number;
  readonly units: number;
}

const TYPE_OF_TAG = new Map(
  Object.entries({
    bold: ['b', 'strong'],
    italic: ['i', 'em'],
    underline: ['u', 'ins'],
    strikethrough: ['s', 'strike', 'del'],
    spoiler: ['tg-spoiler', 'span'],
    text_link: ['a'],
    code: ['code'],
    pre: ['pre'],
    blockquote: ['blockquote'],
    custom_emoji: ['tg-emoji'],
  }).flatMap(([type, tags]) => tags.map((tag) => [tag, type] as const)),
);
const NAMED_CHARACTER = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"' }));

// Spaces are spelled out: `\s` would take the UTF-8 byte A0 for one.
const TEXT = /[^<]+/y;
const END_TAG = /<\/([^ \t\r\n\v>]*)[ \t\r\n\v]*(>?)/y;
const START_TAG = /<([^ \t\r\n\v>]*)/y;
const SPACES = /[ \t\r\n\v]*/y;
const ATTRIBUTE =
  /([^ \t\r\n\v=>/"']*)[ \t\r\n\v]*(?:(=)[ \t\r\n\v]*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([a-z0-9.-]*)))?/iy;
const REFERENCE = /(&(?:#x([0-9a-fA-F]*)|#(\d*)|([a-zA-Z]*)));?/g;

const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
const parseError = (reason: string): ApiError => badRequest(`can't parse entities: ${reason}`);
const parseErrorAt = (reason: string, byte: number): ApiError => parseError(`${reason} at byte offset ${String(byte)}`);

/** What is no reference known to Telegram, `&nbsp;` for one, stays as it stands. */
function decodeReferences(bytes: string): string {
  return bytes.replace(REFERENCE, (whole: string, body: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED_CHARACTER.get(name) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code < 0x10ffff && body.length < 10 ? toBytes(String.fromCodePoint(code)) : whole;
  });
}

function parseHtml(html: string): FormattedText {
  const source = toBytes(html);
  const open: OpenTag[] = [];
  const entities: Entity[] = [];
  let at = 0;
  let out = '';
  let units = 0;
  const scan = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < source.length) {
    const begin = at;
    const text = scan(TEXT);
    if (text) {
      const decoded = decodeReferences(text[0]);
      out += decoded;
      units += fromBytes(decoded).length;
      continue;
    }
    const end = scan(END_TAG);
    if (end) {
      const tag = open.pop();
      const name = end[1]?.toLowerCase() ?? '';
      if (!tag) throw parseErrorAt('Unexpected end tag', begin);
      if (!end[2]) throw parseErrorAt('Unclosed end tag', begin);
      if (name !== '' && name !== tag.name) {
        const pair = `expected "</${tag.name}>", found "</${fromBytes(name)}>"`;
        throw parseError(`Unmatched end tag at byte offset ${String(begin)}, ${pair}`);
      }
      if (units > tag.units) closeTag(entities, tag, units - tag.units, fromBytes(out.slice(tag.start)));
      continue;
    }
    const name = scan(START_TAG)?.[1]?.toLowerCase() ?? '';
    if (at >= source.length) throw parseErrorAt('Unclosed start tag', begin);
    if (!TYPE_OF_TAG.has(name)) {
      throw parseErrorAt(`Unsupported start tag "${fromBytes(name)}"`, begin);
    }
    let argument = '';
    for (scan(SPACES); source[at] !== '>'; scan(SPACES)) {
      const [, attribute = '', equals, double, single, token] = scan(ATTRIBUTE) ?? [];
      if (attribute === '') throw parseErrorAt(`Empty attribute name in the tag "${name}"`, begin);
      const value = double ?? single ?? token ?? '';
      const ended = at >= source.length;
      if (ended && (!equals || token === '')) throw parseErrorAt(`Unclosed start tag "${name}"`, begin);
      if (ended) throw parseErrorAt('Unclosed start tag', begin);
      if (token !== undefined && !/[ \t\r\n\v>]/.test(source[at] ?? '')) {
        throw parseErrorAt('Unexpected end of name token', at - token.length);
      }
      const decoded = token === undefined ? decodeReferences(value) : token.toLowerCase();
      argument = argumentOf(name, attribute, fromBytes(decoded)) ?? argument;
    }
    at++;
    if (name === 'span' && argument !== 'spoiler') {
      throw parseErrorAt('Tag "span" must have class "tg-spoiler"', begin);
    }
    open.push({ name, argument, start: out.length, units });
  }
  const unclosed = open.at(-1);
  if (unclosed) throw parseError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  // A language counts on `pre` only; `code` kept it in case a `pre` encloses exactly that.
  const final = entities.map(({ language, ...entity }) =>
    language !== undefined && entity.type === 'pre' ? { ...entity, language } : entity,
  );
  // Outer before inner: of two that cover the same, the outer one was closed later.
  final.reverse().sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text: fromBytes(out), entities: final };
}

function argumentOf(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value;
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value;
  if (tag === 'blockquote' && attribute === 'expandable') return '1';
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice(9);
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice(3);
  return undefined;
}

function closeTag(entities: Entity[], tag: OpenTag, length: number, inside: string): void {
  const { argument } = tag;
  const entity: Entity = { type: TYPE_OF_TAG.get(tag.name) ?? '', offset: tag.units, length };
  const inner = entities.at(-1);
  const encloses = inner?.offset === entity.offset && inner.length === length;
  if (entity.type === 'text_link') {
    const link = linkEntity(entity, argument || inside);
    if (link) entities.push(link);
  } else if (entity.type === 'pre' && inner?.type === 'code' && encloses && inner.language) {
    entities[entities.length - 1] = { ...inner, type: 'pre' };
  } else if (entity.type === 'code' && inner?.type === 'pre' && encloses && argument) {
    entities[entities.length - 1] = { ...inner, language: argument };
  } else if (entity.type === 'code' && argument) {
    entities.push({ ...entity, language: argument });
  } else if (entity.type === 'custom_emoji') {
    if (!/^0*[1-9]\d*$/.test(argument)) throw parseError('Invalid custom emoji identifier specified');
    entities.push({ ...entity, custom_emoji_id: argument });
  } else {
    entities.push(argument && entity.type === 'blockquote' ? { ...entity, type: 'expandable_blockquote' } : entity);
  }
}

/** Telegram drops a link it cannot follow without a word: the text stays, unlinked. */
function linkEntity(entity: Entity, href: string): Entity | undefined {
  const user = /^tg:\/\/user\/?\?id=(\d+)/i.exec(href)?.[1];
  if (user !== undefined) return { ...entity, type: 'text_mention', user: { id: Number(user) } };
  const url = checkedUrl(href.trim());
  return url === undefined ? undefined : { ...entity, url };
}

function checkedUrl(href: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(href) ? href : `http://${href}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url || ['tg:', 'ton:', 'tonsite:'].includes(url.protocol)) return url && full;
  if (!['http:', 'https:'].includes(url.protocol) || !url.hostname.includes('.')) return undefined;
  return /^[^/]*\/\/[^/?#]+$/.test(full) ? `${full}/` : full;
}

// Texts and keyboards

function isEntity(value: unknown): value is Entity {
  if (!isRecord(value) || typeof value['type'] !== 'string') return false;
  return Number.isInteger(value['offset']) && Number.isInteger(value['length']);
}

/** Trims as Telegram does, moving the entities along; inside `code` and `pre` nothing else counts. */
function tidy({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const end = Math.max(start, text.trimEnd().length);
  const moved: Entity[] = [];
  for (const entity of entities) {
    const from = Math.max(entity.offset, start);
    const length = Math.min(entity.offset + entity.length, end) - from;
    if (length > 0) moved.push({ ...entity, offset: from - start, length });
  }
  const mono = moved.filter(({ type }) => type === 'code' || type === 'pre');
  const kept = moved.filter((entity) => {
    if (mono.includes(entity) || entity.type.endsWith('blockquote')) return true;
    const last = entity.offset + entity.length;
    return !mono.some(({ offset, length }) => offset <= entity.offset && last <= offset + length);
  });
  return { text: text.slice(start, end), entities: kept.slice(0, 100) };
}

/** The text (or caption) of a request as it will be shown, or the refusal. */
export function readFormatted(params: Params, field: 'text' | 'caption', tooLong: string): FormattedText {
  const raw = (textOf(params, field) ?? '').replaceAll('\r', '');
  if (raw === '' && field === 'text') throw badRequest('message text is empty');
  if (Buffer.byteLength(raw) > 32_768) throw badRequest('text is too long');
  const mode = (textOf(params, 'parse_mode') ?? '').toLowerCase();
  const given = params[field === 'text' ? 'entities' : 'caption_entities'];
  let formatted: FormattedText = { text: raw, entities: Array.isArray(given) ? given.filter(isEntity) : [] };
  if (mode === 'html') formatted = parseHtml(raw);
  else if (mode.startsWith('markdown')) throw new ApiError(501, 'Not Implemented: this double reads HTML only');
  else if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  formatted = tidy(formatted);
  if (formatted.text === '' && field === 'text') throw badRequest('text must be non-empty');
  if (formatted.text.length > (field === 'text' ? 4096 : 1024)) throw badRequest(tooLong);
  return formatted;
}

const BUTTON_ACTIONS = /^(url|callback_data|web_app|login_url|switch_inline_query\w*|callback_game|pay|copy_text)$/;

function checkButton(button: unknown): void {
  const refuse = (why: string): ApiError => badRequest(`can't parse inline keyboard button: ${why}`);
  if (!isRecord(button)) throw refuse('InlineKeyboardButton must be an Object');
  if (typeof button['text'] !== 'string') throw refuse('Can\'t find field "text"');
  const { url, callback_data: data, copy_text: copy } = button;
  if (!Object.keys(button).some((key) => BUTTON_ACTIONS.test(key))) {
    throw refuse('Text buttons are unallowed in the inline keyboard');
  }
  const dataBytes = typeof data === 'string' ? Buffer.byteLength(data) : 1;
  if (dataBytes < 1 || dataBytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  if (typeof url === 'string' && checkedUrl(url) === undefined) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  const copied = isRecord(copy) && typeof copy['text'] === 'string' ? Array.from(copy['text']).length : 0;
  if (copy !== undefined && (copied < 1 || copied > 256)) throw badRequest('BUTTON_COPY_TEXT_INVALID');
}

export function checkReplyMarkup(markup: unknown): void {
  if (markup === undefined || markup === '') return;
  if (!isRecord(markup)) throw badRequest('object expected as reply markup');
  const rows: unknown = markup['inline_keyboard'] ?? [];
  if (!Array.isArray(rows)) throw badRequest('field "inline_keyboard" must be of type Array');
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row)) throw badRequest('field "inline_keyboard" must be an Array of Arrays');
    row.forEach(checkButton);
  }
}

/** The articles of answerInlineQuery: the only kind of result that this double reads. */
export function checkInlineResults(given: unknown): void {
  if (!Array.isArray(given) || given.length > 50) throw badRequest('RESULTS_TOO_MUCH');
  const ids = new Set<unknown>();
  for (const { id, title, input_message_content: content, reply_markup: markup } of given.filter(isRecord)) {
    if (typeof id !== 'string' || Buffer.byteLength(id) > 64 || ids.has(id)) throw badRequest('RESULT_ID_INVALID');
    if (typeof title !== 'string' || title === '') throw badRequest('ARTICLE_TITLE_EMPTY');
    if (!isRecord(content)) throw badRequest('MESSAGE_CONTENT_EMPTY');
    readFormatted({ ...content, text: content['message_text'] }, 'text', 'MESSAGE_TOO_LONG');
    checkReplyMarkup(markup);
    ids.add(id);
  }
}

/** The commands of setMyCommands, as getMyCommands gives them back. */
export function readCommands(given: unknown): readonly Params[] {
  if (!Array.isArray(given)) throw badRequest("can't parse commands list: expected an Array of BotCommand");
  if (given.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return given.map((entry: unknown) => {
    const { command, description } = isRecord(entry) ? entry : {};
    const name = typeof command === 'string' ? command.replace(/^\//, '') : '';
    if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
    const length = typeof description === 'string' ? Array.from(description).length : 0;
    if (length < 1 || length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command: name, description };
  });
}

/**
 * The commands and mentions a Telegram client marks in what a user types.
 * Chinese characters are letters to it: in `你好@bot` nothing is a mention.
 */
export function clientEntities(text: string): Entity[] {
  const found: Entity[] = [];
  for (const match of text.matchAll(/\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?|@[a-z0-9_]{2,32}/gi)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const isCommand = match[0].startsWith('/');
    if (/[\p{L}\p{N}_]$/u.test(before) || /^[\p{L}\p{N}_]/u.test(after)) continue;
    if (isCommand && (/[/<>]$/.test(before) || /^[/<>]/.test(after))) continue;
    found.push({ type: isCommand ? 'bot_command' : 'mention', offset: match.index, length: match[0].length });
  }
  return found;
}
