/** What a line of an iCalendar file says, read as RFC 5545 has it and not as it was written. */
export interface Property {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** As it stands in the file, unfolded. */
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

/** Throws for whatever the RFC does not allow: line ends, line lengths, control characters, unbalanced components. */
export function readCalendar(file: string): Component {
  if (!file.endsWith('\r\n')) throw new Error('the last line is not ended');
  const bytes = Buffer.from(file, 'utf8');
  if (bytes.toString('utf8') !== file) throw new Error('not representable in UTF-8');
  const physical: string[] = file.slice(0, -2).split('\r\n');
  for (const line of physical) {
    if (Buffer.byteLength(line) > 75) throw new Error(`longer than 75 octets: ${line}`);
    if (/(?!\t)\p{Cc}/u.test(line)) throw new Error(`control character: ${JSON.stringify(line)}`);
  }
  const lines: string[] = [];
  for (const line of physical) {
    const before = lines.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) lines[lines.length - 1] = before + line.slice(1);
    else lines.push(line);
  }
  const root = { name: '', properties: [] as Property[], components: [] as Component[] };
  const open = [root];
  for (const line of lines) {
    const property = readProperty(line);
    const top = open.at(-1);
    if (top === undefined) throw new Error(`behind the end: ${line}`);
    if (property.name === 'BEGIN') {
      const child = { name: property.value, properties: [], components: [] };
      top.components.push(child);
      open.push(child);
    } else if (property.name === 'END') {
      if (top.name !== property.value || top === root) throw new Error(`unbalanced: ${line}`);
      open.pop();
    } else if (top === root) throw new Error(`outside: ${line}`);
    else top.properties.push(property);
  }
  const [calendar, ...others] = root.components;
  if (open.length !== 1 || calendar?.name !== 'VCALENDAR' || others.length > 0) throw new Error('not one calendar');
  return calendar;
}

function readProperty(line: string): Property {
  const parts = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line);
  if (parts === null) throw new Error(`no property: ${line}`);
  const [, name = '', parameters = '', value = ''] = parts;
  const pairs = parameters
    .split(';')
    .slice(1)
    .map((pair): [string, string] => {
      const [key = '', ...rest] = pair.split('=');
      return [key, rest.join('=').replace(/^"|"$/g, '')];
    });
  return { name, parameters: new Map(pairs), value };
}

/** The text that a value of type TEXT stands for; throws for what must be escaped and is not. */
export function textOf(value: string): string {
  let text = '';
  for (let i = 0; i < value.length; i += 1) {
    const c = value.charAt(i);
    if (c === ';' || c === ',') throw new Error(`not escaped: ${value}`);
    if (c !== '\\') {
      text += c;
      continue;
    }
    i += 1;
    const next = value.charAt(i);
    if (!['\\', ';', ',', 'n', 'N'].includes(next)) throw new Error(`no escape: ${value}`);
    text += next === 'n' || next === 'N' ? '\n' : next;
  }
  return text;
}
