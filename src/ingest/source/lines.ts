/** One line of a file, without its line break. */
export interface TextLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
  /** Number of UTF-16 units cut off because the line exceeds the limit. */
  readonly dropped: number;
}

/**
 * Splits text that arrives in pieces at LF, CRLF and CR only; U+2028 is no line break, because it is legal inside a
 * JSON string. A line keeps at most `maxUnits` UTF-16 units, which bounds the memory used for any file.
 */
export class LineSplitter {
  readonly #maxUnits: number;
  #parts: string[] = [];
  #kept = 0;
  #dropped = 0;
  #number = 1;
  #afterCr = false;

  constructor(maxUnits: number) {
    this.#maxUnits = maxUnits;
  }

  /** Adds a piece of text and returns the lines that it completes. */
  push(piece: string): TextLine[] {
    const lines: TextLine[] = [];
    let start = 0;
    if (piece !== '' && this.#afterCr) {
      this.#afterCr = false;
      if (piece.startsWith('\n')) start = 1;
    }
    const breaks = /\r\n?|\n/g;
    breaks.lastIndex = start;
    for (let found = breaks.exec(piece); found !== null; found = breaks.exec(piece)) {
      this.#keep(piece.slice(start, found.index));
      lines.push(this.#finish());
      start = breaks.lastIndex;
      this.#afterCr = start === piece.length && found[0] === '\r';
    }
    this.#keep(piece.slice(start));
    return lines;
  }

  /** Returns the last line when the text does not end in a line break, else null. */
  end(): TextLine | null {
    return this.#kept + this.#dropped === 0 ? null : this.#finish();
  }

  #keep(text: string): void {
    const room = this.#maxUnits - this.#kept;
    const part = text.length <= room ? text : text.slice(0, room);
    this.#dropped += text.length - part.length;
    this.#kept += part.length;
    if (part !== '') this.#parts.push(part);
  }

  #finish(): TextLine {
    const line = { number: this.#number++, text: this.#parts.join(''), dropped: this.#dropped };
    this.#parts = [];
    this.#kept = 0;
    this.#dropped = 0;
    return line;
  }
}
