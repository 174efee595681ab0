import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/**
 * Does one request's work under an id that every line logged meanwhile carries
 * as `request`, whichever part of the program writes it.
 */
export function withRequest<T>(id: string, work: () => T): T {
  return requests.run(id, work);
}

/** The id of the request that is being worked on here, or undefined outside any. */
export function presentRequest(): string | undefined {
  return requests.getStore();
}
