import { anyOf, type ContactRules } from './rules.js';

/** A web site, platform or account given by name instead of by URL. */
export interface NamedSite {
  /** `account` for a QQ or WeChat number of a group or person, else `web`. */
  readonly channel: 'web' | 'account';
  readonly start: number;
  readonly end: number;
  /** Kind of the account (微信公众号, QQ群) where it is not part of the name, else null. */
  readonly role: { readonly start: number; readonly end: number } | null;
}

const MESSENGER_ACCOUNT =
  /(QQ交流群|QQ工作群|QQ群|QQ号|QQ|微信号)(?:号码?|协助|咨询)?[ :为是]{0,4}(\d{5,12}|[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9@.])/g;
const WECHAT_ACCOUNT =
  /((?:官方)?微信公众(?:平台|号)|公众号|微信小程序|小程序)(?:名称)?(?:[:为是]? ?[“"「]([^“”"「」\n]{2,24})[”"」]|: ?([\u4e00-\u9fffA-Za-z0-9]{2,24}))/g;

/** Minimum length of a site name without quotation marks; shorter ones are common nouns (调剂系统). */
const MIN_UNQUOTED_NAME_LENGTH = 5;

/** Finds sites named after a verb that directs the reader there (登录“…网”) or a kind of account (公众号). Linear. */
export function createNamedSiteFinder(rules: ContactRules): (text: string) => NamedSite[] {
  const verb = `(?:${anyOf(rules.siteVerbs)})`;
  const suffix = `(?:${anyOf(rules.siteSuffixes)})`;
  const quoted = new RegExp(
    `${verb}[^“”"「」《》。;\\n]{0,14}[“"「]([^“”"「」\\n]{2,30})[”"」]([\\u4e00-\\u9fff()]{0,8})`,
    'g',
  );
  const plain = new RegExp(
    `(?:${anyOf(rules.loginVerbs)})(?:到|至|了)?([\\u4e00-\\u9fff]{2,24}?${suffix})(?![\\u4e00-\\u9fff]{0,2}${suffix}|[络点])`,
    'g',
  );
  const isSite = new RegExp(suffix);
  const endsAsSite = new RegExp(`${suffix}$`);
  const generic = new RegExp(`^(?:${anyOf(rules.genericSites)})+(?:${suffix})?|^.?${suffix}$`);
  const noSite = new RegExp(anyOf(rules.notSites));
  return (text) => {
    const found: NamedSite[] = [];
    for (const match of text.matchAll(quoted)) {
      const [whole, name = '', after = ''] = match;
      if (!endsAsSite.test(name) && !isSite.test(after)) continue;
      const start = match.index + whole.length - after.length - 1 - name.length;
      found.push({ channel: 'web', start, end: start + name.length, role: null });
    }
    for (const match of text.matchAll(plain)) {
      const name = match[1] ?? '';
      if (name.length < MIN_UNQUOTED_NAME_LENGTH || generic.test(name) || noSite.test(name)) continue;
      const start = match.index + match[0].length - name.length;
      found.push({ channel: 'web', start, end: start + name.length, role: null });
    }
    for (const pattern of [MESSENGER_ACCOUNT, WECHAT_ACCOUNT]) {
      for (const match of text.matchAll(pattern)) {
        const [whole, what = '', first, second] = match;
        const name = first ?? second ?? '';
        const start = match.index + whole.lastIndexOf(name);
        const role = { start: match.index, end: match.index + what.length };
        found.push({
          channel: pattern === MESSENGER_ACCOUNT ? 'account' : 'web',
          start,
          end: start + name.length,
          role,
        });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  };
}
