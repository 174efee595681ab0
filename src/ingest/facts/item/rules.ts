import { z } from 'zod';
import { alternation } from '../../../text/patterns.js';

const words = z.array(z.string().min(1)).min(1);

/** Vocabulary of titles, enumerations and numbered points, compiled from `items.json`. */
export interface ItemRules {
  /** 根据, 按照: at the end of the words before a cited document. */
  readonly citedBy: RegExp;
  /** 通知, 办法: at the end of a document's title. */
  readonly documentTitleEnding: RegExp;
  /** Class noun of a list of documents (文件). */
  readonly documentKind: string;
  readonly notIssuer: readonly string[];
  /** 包括, 分为: words right behind which an enumeration begins. */
  readonly opener: RegExp;
  /** `opener` at the end of a text. */
  readonly openerAtEnd: RegExp;
  /** `opener` with `g`. */
  readonly openers: RegExp;
  /** 对, 在, 建设: words behind which an enumeration may begin; a match of group `word` is no such word; with `g`. */
  readonly lead: RegExp;
  /** 大学, 局, 区: endings of names of places and institutions; with `g`. */
  readonly institution: RegExp;
  /** Common nouns with such an ending, at the end of a name. */
  readonly notInstitution: RegExp;
  /** Labels before a colon behind which a list belongs to facts of other kinds (电话, 地址). */
  readonly otherFactLabel: RegExp;
  /** 措施如下, 以下事项: class nouns of a list of points, in group 1 or 2. */
  readonly listNoun: RegExp;
  /** 附件 before a numbered list: its entries are attachments. */
  readonly attachmentList: RegExp;
}

/** `items.json`, compiled to patterns. */
export const itemRulesSchema = z
  .object({
    about: z.string(),
    documents: z.object({ citedBy: words, called: words, kind: z.string().min(1), notIssuer: words }),
    enumerations: z.object({
      openers: words,
      leads: words,
      notLeads: words,
      institutions: words,
      notInstitutions: words,
      labels: words,
    }),
    points: z.object({ listNouns: words, attachmentLists: words }),
  })
  .transform(({ documents, enumerations, points }): ItemRules => {
    const nouns = alternation(points.listNouns);
    return {
      citedBy: new RegExp(`(?:${alternation(documents.citedBy)})[^，。；：！？、\\s]{0,40}$`),
      documentTitleEnding: new RegExp(`(?:${alternation(documents.called)})(?:（[^（）]{1,20}）)?$`),
      documentKind: documents.kind,
      notIssuer: documents.notIssuer,
      opener: new RegExp(alternation(enumerations.openers)),
      openerAtEnd: new RegExp(`(?:${alternation(enumerations.openers)})$`),
      openers: new RegExp(alternation(enumerations.openers), 'g'),
      lead: new RegExp(`(?<word>${alternation(enumerations.notLeads)})|${alternation(enumerations.leads)}`, 'g'),
      institution: new RegExp(alternation(enumerations.institutions), 'g'),
      notInstitution: new RegExp(`(?:${alternation(enumerations.notInstitutions)})$`),
      otherFactLabel: new RegExp(`(?:${alternation(enumerations.labels)})$`),
      listNoun: new RegExp(
        `(?:以下|下列|如下)(?:几|[一二三四五六七八九十0-9]{1,2})?(?:个|项|条|点|方面)?(${nouns})|([\\u4e00-\\u9fff]{0,4}(?:${nouns}))如下`,
        'g',
      ),
      attachmentList: new RegExp(`(?:${alternation(points.attachmentLists)})[:：]?\\s*$`),
    };
  });
