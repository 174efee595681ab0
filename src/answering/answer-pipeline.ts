import type { Answer, FoundAnswer } from '../domain/answer.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { LiveIndex } from '../index/live-index.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { PersonNameReader } from '../ingest/facts/contact/segments.js';
import type { FindTables } from '../ingest/facts/table/find-tables.js';
import { removeAdvertising } from '../ingest/repair/injections.js';
import type { RepairRules } from '../ingest/repair/rules.js';
import type { NoticeStore } from '../store/notice-store.js';
import type { Analyser } from '../text/analyser.js';
import { fold } from '../text/fold.js';
import type { AskService } from './ask-service.js';
import type { CandidateDependencies } from './candidates/answer-candidate.js';
import type { AmendmentWords } from './candidates/editions.js';
import type { PassageModel } from './candidates/passage-model.js';
import { answerQuestion, answerFromNotice, LEAST, refuse, type AnswerDependencies } from './compose/answer-query.js';
import { findViolations } from './compose/invariants.js';
import { answerFollowUp, classifyFollowUp } from './conversation/answer-follow-up.js';
import { createTurn, type ConversationState, type Turn } from './conversation/conversation.js';
import { parseTopicShift, type FollowUpRules, type TopicShift } from './conversation/conversation-cues.js';
import { ASIDE_LENGTH } from './conversation/resolve-topic.js';
import { answerWithFreshNotices } from './fresh-notices.js';
import { parseNewsQuery, type NewsQuery, type RecencyRules } from './query/news-query.js';
import { parseQuery, type Query } from './query/parse-query.js';
import { splitQuestionOfTwo } from './query/split-question.js';
import { readQuestionContent } from './query/question-content.js';
import type { Vocabulary } from './query/vocabulary.js';
import { QuestionCache } from './question-cache.js';
import type { RankingModel } from './retrieval/ranking-model.js';
import type { Knowledge } from './candidates/alignment.js';
import type { UnitScorer } from './scoring/unit-scorer.js';

/** Upper bound, in UTF-16 units, on a question; the refusal tells readers the same number. */
const MAX_QUESTION_LENGTH = 300;
/** Least confidence (0 … 1) at which one of the notices of a conversation answers a follow-up. */
const LEAST_FOLLOW_UP = 0.4;
/** Upper bound on the notices listed for a question that asks for news. */
const MAX_NEWS = 10;

/** Models, rules and analysers for finding answer candidates. */
export interface ReadingDependencies {
  readonly rankingModel: RankingModel;
  readonly passageModel: PassageModel;
  readonly amendments: AmendmentWords;
  readonly vocabulary: Vocabulary;
  readonly analyser: Analyser;
  readonly tablesIn: FindTables;
  readonly readName: PersonNameReader['readUnannounced'];
}

export interface AskDependencies extends ReadingDependencies {
  readonly liveIndex: LiveIndex;
  readonly store: NoticeStore;
  readonly recency: RecencyRules;
  readonly knowledge: Knowledge;
  readonly scorer: UnitScorer;
  readonly followUps: FollowUpRules;
  readonly repairs: Pick<RepairRules, 'findAdvertising'>;
  readonly now: () => Date;
}

/** Creates the answer pipeline: understand the question, retrieve, select the evidence, answer. */
export function createAskService(deps: AskDependencies): AskService {
  const { liveIndex, store, analyser, vocabulary } = deps;
  const reading = createReadingContext(deps);
  const contextOf = (loaded: LoadedIndex): AnswerDependencies => ({
    loaded,
    knowledge: deps.knowledge,
    scorer: deps.scorer,
    analyser,
    least: LEAST,
    ...reading,
    read: (ids) => store.get(ids),
    now: deps.now(),
  });
  const readings = new QuestionCache((text, loaded, now) => parseQuery(text, analyser, vocabulary, loaded, now));
  const read = (text: string): Query => readings.get(text, liveIndex.current, deps.now());
  const reply = async (
    text: string,
    memory: ConversationState | null,
    opening: TopicShift,
    loaded: LoadedIndex,
  ): Promise<Answer> => {
    const context = contextOf(loaded);
    const question = read(opening.rest);
    if (text.length > MAX_QUESTION_LENGTH) return refuse(question, 'too-long', null, []);
    if (question.intent === 'chitchat') return refuse(question, 'chitchat', null, []);
    const content = readQuestionContent(question, loaded, analyser, vocabulary);
    if (content.kind === 'empty') return refuse(question, 'empty-question', null, []);
    if (loaded.index.size === 0) return refuse(question, 'no-notices', null, []);
    if (content.kind === 'noise') return refuse(question, 'unsupported', null, []);
    const news = parseNewsQuery(text, deps.recency, listColumnNames(loaded), deps.now());
    if (news !== null) return listNewest(loaded.notices.values(), news);
    const each = await answerEachSubject(question, context, read);
    if (each !== null) return each;
    // A follow-up may be about several notices: each is asked for what it says, before anything is only near.
    const continuation = { context: { ...context, least: LEAST_FOLLOW_UP }, rules: deps.followUps, read };
    const continued = memory === null ? null : await answerFollowUp(memory, opening, question, continuation);
    if (continued !== null) return continued;
    // 电话多少 in a chat without a current notice has no subject to retrieve by.
    const isBare = question.subject.size === 0 && question.ask.kind !== 'passage' && question.ask.kind !== 'owner';
    if (isBare) return refuse(question, 'no-subject', null, []);
    const answer = await answerQuestion(question, context);
    return content.allowsSure ? answer : asUnsure(answer);
  };
  /** Returns the topic to remember: the last turn's for a question that only asks for another aspect (那电话呢). */
  const topicOf = (last: Turn | null, { kind, rest }: TopicShift): string =>
    last !== null && kind === 'goes-on' && classifyFollowUp(read(rest), deps.followUps).kind === 'aspect'
      ? last.topic
      : rest;
  /** Reads how a question opens. The first one of a conversation cannot be a follow-up. */
  const openingOf = (text: string, last: Turn | null): TopicShift => {
    const read = text.slice(0, MAX_QUESTION_LENGTH);
    return last === null ? { kind: 'goes-on', rest: read, isAnew: false } : parseTopicShift(fold(read), deps.followUps);
  };
  /** Checks the invariants of every answer, whichever step made it; an answer that violates one becomes a refusal. */
  const proven = async (answer: Answer): Promise<Answer> => {
    const broken = await findViolations(answer, async (id) => (await store.get([id]))[0]?.notice ?? null);
    return broken.length === 0 ? answer : refuse(answer, 'unsupported', null, answer.candidates);
  };
  // A reader who copies from a polluted page asks for what the notice says without the phrase, as it is indexed.
  const withoutAdvertising = (text: string): string =>
    text.length > MAX_QUESTION_LENGTH ? text : removeAdvertising(text, deps.repairs);
  return {
    async ask(received, conversation) {
      const text = withoutAdvertising(received);
      const last = conversation?.last ?? null;
      const opening = openingOf(text, last);
      const answer = await proven(
        await answerWithFreshNotices(liveIndex.current, store, (loaded) =>
          reply(text, conversation ?? null, opening, loaded),
        ),
      );
      if (conversation !== undefined) conversation.last = createNextTurn(last, opening, answer, topicOf(last, opening));
      return answer;
    },
    async askNotice(received, noticeKey) {
      const text = withoutAdvertising(received);
      const { current } = liveIndex;
      const id = (await store.getByKey(noticeKey))?.notice.id;
      if (id === undefined || !current.notices.has(id)) return null;
      const question = read(text.slice(0, MAX_QUESTION_LENGTH));
      const answer = await answerWithFreshNotices(current, store, (loaded) => {
        const notice = loaded.notices.get(id);
        const isWords = readQuestionContent(question, loaded, analyser, vocabulary).kind === 'words';
        return notice === undefined || !isWords
          ? Promise.resolve(refuse(question, 'unsupported', null, []))
          : answerFromNotice(question, notice, contextOf(loaded));
      });
      return proven(answer);
    },
    keyOf: (noticeId) => liveIndex.current.notices.get(noticeId)?.key ?? null,
    notice: (key) => store.getByKey(key),
  };
}

/** Returns the part of an answer's context that is the same for every question. */
export function createReadingContext(deps: ReadingDependencies): Omit<CandidateDependencies, 'loaded' | 'read'> {
  const { rankingModel, passageModel, amendments, vocabulary, analyser, tablesIn, readName } = deps;
  return {
    rankingModel,
    passageModel,
    amendments,
    tables: { tablesIn, columns: vocabulary.asks.columns },
    // The tagger also tags 银奖 and 即日 as names.
    peopleIn: (text) => [...analyser.people(text), ...findListedNames(text)].filter((name) => readName(name) !== null),
  };
}

const LIST_SEPARATOR = /[^\p{Script=Han}]+/u;

/** Returns three-character pieces between signs, for lists of names in no dictionary: 傅晚舟、祁诗涵. */
function findListedNames(text: string): string[] {
  return text.split(LIST_SEPARATOR).filter((piece) => piece.length === 3);
}

/** Returns an answer as the nearest line only, for a question that hardly has a word. */
function asUnsure(answer: Answer): Answer {
  // Without a confidence nothing was scored: a number was looked up, or an entry of a list.
  return answer.kind === 'answer' && answer.confidence !== null ? { ...answer, sure: false, computed: [] } : answer;
}

/** Column names by index, computed once for each. */
const columnNamesByIndex = new WeakMap<LoadedIndex['notices'], ReadonlySet<string>>();

/** Returns the column names of four or more characters; a shorter one (招生) may be a plain word of the question. */
function listColumnNames({ notices }: LoadedIndex): ReadonlySet<string> {
  const known =
    columnNamesByIndex.get(notices) ??
    new Set([...notices.values()].flatMap(({ column }) => (column !== null && column.length >= 4 ? [column] : [])));
  columnNamesByIndex.set(notices, known);
  return known;
}

function listNewest(notices: Iterable<IndexedNotice>, { from, to, column }: NewsQuery): Answer {
  const within = [...notices].flatMap(({ id, title, date, column: own }) =>
    date !== null && date <= to && (from === null || date >= from) && (column === null || own === column)
      ? [{ id, title, date, score: 0 }]
      : [],
  );
  within.sort((a, b) => b.date.localeCompare(a.date));
  const candidates = within.slice(0, MAX_NEWS);
  if (candidates.length === 0) return refuse({ intent: 'find' }, 'nothing-recent', null, []);
  return { kind: 'choices', tiedCount: 0, intent: 'find', confidence: null, candidates };
}

/**
 * Answers a question that asks the same of two things (甲和乙的公示期分别到哪天 → two answers, each from its own
 * notice). Returns null for any other question, and unless two different notices state the two answers.
 */
async function answerEachSubject(
  question: Query,
  context: AnswerDependencies,
  read: (text: string) => Query,
): Promise<FoundAnswer | null> {
  const parts = question.asksSeveral ? splitQuestionOfTwo(question.folded) : null;
  if (parts === null) return null;
  const [first, second] = await Promise.all(parts.map((part) => answerQuestion(read(part), context)));
  if (first?.kind !== 'answer' || second?.kind !== 'answer' || first.notice.id === second.notice.id) return null;
  const also = [...first.also, { answer: second.answer, notice: second.notice }];
  return { ...first, sure: first.sure && second.sure, also };
}

/** Returns the turn to remember: the last one after chit-chat (a word of thanks) or an empty question (a slip). */
function createNextTurn(last: Turn | null, { kind, rest }: TopicShift, answer: Answer, topic: string): Turn | null {
  if (answer.kind === 'none' && (answer.reason === 'chitchat' || answer.reason === 'empty-question')) return last;
  const turn = createTurn(rest, answer, topic);
  // A short question that was refused keeps the current notice and topic, unless it announces a change of topic.
  const isAside = answer.kind === 'none' && turn.noticeId === null && rest.length <= ASIDE_LENGTH && kind !== 'leaves';
  return isAside && last !== null ? { ...turn, noticeId: last.noticeId, topic: last.topic } : turn;
}
