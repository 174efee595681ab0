import { AsyncLocalStorage } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string>();

/** Runs one request's work under an id that every line logged meanwhile carries as `request`. */
export function runWithRequestId<T>(id: string, work: () => T): T {
  return requestIds.run(id, work);
}

/** Returns the id of the current request, or undefined outside any. */
export function currentRequestId(): string | undefined {
  return requestIds.getStore();
}
