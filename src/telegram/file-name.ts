const FILE_NAME_LENGTH = 40;

/** A title as a file's name: letters and digits of any script, the rest as hyphens. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .slice(0, FILE_NAME_LENGTH)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${name === '' ? 'notice' : name}.${extension}`;
}
