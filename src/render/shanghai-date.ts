/**
 * An instant whose local fields are those of Asia/Shanghai, whatever zone the
 * process runs in. `internal`, `withTimeZone` and `tzComponents` are how
 * ical-generator recognises a date that knows its zone.
 */
export class ShanghaiDate extends Date {
  /** The same instant shifted, so that its UTC fields are Shanghai's local ones (no summer time there). */
  readonly internal: Date;

  constructor(instant: Date) {
    super(instant);
    this.internal = new Date(instant.getTime() + 8 * 3_600_000);
  }

  withTimeZone(): this {
    return this;
  }

  tzComponents(): [sign: string, hours: string, minutes: string] {
    return ['+', '08', '00'];
  }

  override getFullYear(): number {
    return this.internal.getUTCFullYear();
  }

  override getMonth(): number {
    return this.internal.getUTCMonth();
  }

  override getDate(): number {
    return this.internal.getUTCDate();
  }

  override getHours(): number {
    return this.internal.getUTCHours();
  }

  override getMinutes(): number {
    return this.internal.getUTCMinutes();
  }

  override getSeconds(): number {
    return this.internal.getUTCSeconds();
  }
}
