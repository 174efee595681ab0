import type { Analyser } from '../../src/text/analyser.js';
import { loadAnalyser } from '../../src/bootstrap/program-data.js';
import type { Notice } from '../../src/domain/notice.js';
import type { StoredNotice } from '../../src/store/notice-store.js';

let analyser: Analyser | undefined;

/** The real analyser, loaded once a worker: jieba takes a second and 260 MB. */
export function realAnalyser(): Analyser {
  return (analyser ??= loadAnalyser());
}

/** A notice of which a test states only what matters to it. */
export function notice(id: string, title: string, body: string, rest: Partial<Notice> = {}): Notice {
  return {
    id,
    title,
    body,
    publishedOn: '2024-03-11',
    dateOrigin: 'stated',
    column: null,
    attachments: [],
    url: null,
    raw: { title, body, attachments: [] },
    repairs: [],
    contentHash: `${title}\n${body}`,
    ...rest,
  };
}

export function stored(key: number, of: Notice): StoredNotice {
  return { key, version: 1, notice: of, facts: [] };
}
