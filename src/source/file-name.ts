const EXTENSION = /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|jpe?g|png|txt|csv)$/i;
const MAX_UNITS = 200;

/** Whether a line is the name of an offered file: short, and ending like one. */
export function isFileName(text: string): boolean {
  return text.length <= MAX_UNITS && EXTENSION.test(text.slice(-6));
}
