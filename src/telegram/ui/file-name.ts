const FILE_NAME_LENGTH = 40;

/** Converts a title to a file name: keeps letters and digits of any script, replaces the rest by hyphens. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .slice(0, FILE_NAME_LENGTH)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${name === '' ? 'notice' : name}.${extension}`;
}
