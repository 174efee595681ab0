import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs one request's work under an id that every line logged meanwhile carries as `request`. */
export function withRequest<T>(id: string, work: () => T): T {
  return requests.run(id, work);
}

/** Returns the id of the current request, or undefined outside any. */
export function presentRequest(): string | undefined {
  return requests.getStore();
}
