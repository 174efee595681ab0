/** opencc-js ships no types for its one-way build, and those of its full build do not resolve under nodenext. */
declare module 'opencc-js/t2cn' {
  export function Converter(options: { from: 'tw'; to: 'cn' }): (text: string) => string;
}
