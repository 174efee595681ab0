import type { Intent } from '../../domain/answer.js';

interface SurfacePattern {
  readonly pattern: RegExp;
  /** Score, 0 … 1; the first pattern that matches counts. */
  readonly weight: number;
}

/**
 * Surface patterns of sentences that answer a question of this intent; typed facts are read by `src/facts`. No pattern
 * repeats a group that can match in two ways, so each is linear in the sentence.
 */
const SHAPES: Partial<Record<Intent, readonly SurfacePattern[]>> = {
  deadline: [
    {
      pattern:
        /[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{1,2}[:：][0-9]{2}|[0-9]+(?:天|周|个月|小时|分钟|学时)|年底|月底|工作日/,
      weight: 1,
    },
    { pattern: /[0-9]{4}年|[0-9]{1,2}月/, weight: 0.3 },
  ],
  contact: [
    { pattern: /[0-9]{7}|[0-9]{3,4}[-—－][0-9]{7}|[a-z0-9]@[a-z0-9]|邮编|号楼|路[0-9]{1,5}号/, weight: 1 },
    { pattern: /联系人|电话|[1-9][0-9]{4}(?![0-9])|www\.|http|与.{1,20}联系/, weight: 0.5 },
  ],
  place: [
    { pattern: /地点|地址|[0-9一二三四五六七八九十](?:楼|层|号楼|室|厅|馆)|路[0-9]{1,5}号|街[0-9]{1,5}号/, weight: 1 },
    {
      pattern: /在.{2,30}(?:举行|举办|召开|进行|办理|设|开)|(?:中心|馆|厅|楼|校区|广场|窗口|平台|系统|网站)/,
      weight: 0.5,
    },
  ],
  number: [
    {
      pattern:
        /(?<![0-9-])[0-9]{1,7}(?:\.[0-9]{1,4})?[多余]?[万亿千百]?(?:[%‰个门所名项人家次种类元条件台辆吨份批例只套张户位组届期章页款倍分岁米]|公里|学时|学分|平方|百分)|百分之/,
      weight: 0.7,
    },
    { pattern: /[一二两三四五六七八九十百千万](?:个|门|所|名|项|人|家|次|种|类|元|条|倍|成)/, weight: 0.35 },
    { pattern: /(?<![0-9-])[0-9]{1,5}(?![0-9-])/, weight: 0.2 },
  ],
  list: [{ pattern: /、[^、]{1,40}、|》《|》、《|；|一是|（一）|[0-9][.．、]/, weight: 0.35 }],
  attachment: [{ pattern: /附件|附表|\.(?:docx?|xlsx?|pdf)/, weight: 0.6 }],
};

/** Scores (0 … 1) how much a folded sentence looks like an answer to a question of this intent. */
export function scoreSurface(intent: Intent, sentence: string): number {
  return SHAPES[intent]?.find(({ pattern }) => pattern.test(sentence))?.weight ?? 0;
}
