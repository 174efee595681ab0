const EXTENSION = /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|jpe?g|png|txt|csv)$/i;
const MAX_UNITS = 200;

/** Returns whether a line is an attachment's file name: at most 200 UTF-16 units, ending in a known extension. */
export function isFileName(text: string): boolean {
  return text.length <= MAX_UNITS && EXTENSION.test(text.slice(-6));
}
