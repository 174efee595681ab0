/** Full-width ASCII, blanks of all widths, and the dashes and middle dots that notices use interchangeably. */
const VARIANT = /[\uFF01-\uFF5E\u3000\u00A0\u2000-\u200A\u2010-\u2015\u2212\u30FC\u2027\u2022\t]/g;

/**
 * Replaces full-width ASCII, blanks, dashes and middle dots by their plain form. One UTF-16 unit becomes one unit, so
 * offsets into the result are offsets into the text.
 */
export function toHalfWidth(text: string): string {
  return text.replace(VARIANT, (c) => {
    const code = c.charCodeAt(0);
    if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
    if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0x30fc) return '-';
    return code === 0x2027 || code === 0x2022 ? '·' : ' ';
  });
}
