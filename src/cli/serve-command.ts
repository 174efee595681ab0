import type { Knowledge } from '../app/knowledge.js';
import type { Logger } from 'pino';

/** How often a running bot looks for an index that another process has made. */
const REFRESH_MS = 3000;

/**
 * Takes over new indexes while the bot runs. Returns the way to stop.
 * A failed look changes nothing: the present index goes on answering.
 */
export function keepFresh(knowledge: Knowledge, log: Logger, everyMs = REFRESH_MS): () => void {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    knowledge
      .refresh()
      .then((taken) => {
        if (taken) log.info({ notices: knowledge.current.index.size }, '已换用新的索引');
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, '新的索引还不能用，继续使用现有索引');
      })
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
