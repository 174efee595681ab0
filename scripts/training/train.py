"""Trains the scorer on exported candidates and reports it on sets left out whole. See README.md of this folder.

usage: python3 train.py FOLDER [--out scorer.json] [--dump rows.jsonl]; the defaults are those of data/scorer.json

The seed is fixed. A model reads, for every candidate, its features and (with --text 1, an experiment; --cap 12 and
--pretrain 1 then) the characters of question, unit, heading path and title; one softmax over a question's candidates and `none`.
"""
import argparse, json, os, random, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument('folder')
parser.add_argument('--hidden', type=int, default=64)
parser.add_argument('--dim', type=int, default=32)
parser.add_argument('--epochs', type=int, default=8)
parser.add_argument('--pretrain', type=int, default=0)
parser.add_argument('--text', type=int, default=0)
parser.add_argument('--folds', type=int, default=6)
parser.add_argument('--only-fold', type=int, default=-1)
parser.add_argument('--held', default='heldout-city,heldout-faults,welfare')
parser.add_argument('--out')
parser.add_argument('--dump')
parser.add_argument('--seed', type=int, default=1)
parser.add_argument('--lr', type=float, default=1e-3)
parser.add_argument('--wd', type=float, default=1e-2)
parser.add_argument('--dropout', type=float, default=.1)
parser.add_argument('--cap', type=int, default=48)
args = parser.parse_args()
torch.set_num_threads(2)
names = json.load(open(f'{args.folder}/features.json'))
D = len(names)
QL, UL, CL, BITS = 30, 64, 44, 14
held_out = args.held.split(',')

def codes(text, length):
    row = np.zeros(length, np.int32)
    part = [min(ord(c), 65535) for c in text[:length]]
    row[:len(part)] = part
    return row

class Question:
    pass

def load(name):
    units = [json.loads(line) for line in open(f'{args.folder}/{name}.units.jsonl')]
    u = np.stack([codes(x[0], UL) for x in units]) if units else np.zeros((0, UL), np.int32)
    c = np.stack([codes(x[1][-20:] + '|' + x[2], CL) for x in units]) if units else np.zeros((0, CL), np.int32)
    data = np.fromfile(f'{args.folder}/{name}.f32', dtype=np.float32).reshape(-1, D)
    out, at = [], 0
    for line in open(f'{args.folder}/{name}.meta.jsonl'):
        q = Question()
        q.__dict__.update(json.loads(line))
        n = len(q.labels)
        q.set, q.x, q.y = name, data[at:at + n], np.array(q.labels, dtype=np.int64)
        q.u, q.c = u, c
        q.ids = np.array(q.units, dtype=np.int64)
        q.t = codes(q.q, QL)
        at += n
        out.append(q)
    return out

sets = sorted(f[:-len('.meta.jsonl')] for f in os.listdir(args.folder) if f.endswith('.meta.jsonl'))
started = time.time()
data = {s: load(s) for s in sets}
other = [q for s in sets if s.startswith('other-') for q in data[s]]
WEIGHT = {'written': 1.0, 'missing': .15, 'cut': .35, 'swapped': .5, 'reworded': .3}
TWIN = {'train-education-export-first': 'e', 'train-education-export': 'e', 'train-policies': 'p', 'policies': 'p'}
groups = {}
for s in sets:
    if s not in held_out and not s.startswith('other-'):
        groups.setdefault(TWIN.get(s, s), []).append(s)
folds = [[] for _ in range(args.folds)]
for g in sorted(groups.values(), key=lambda g: -sum(len(data[s]) for s in g)):
    min(folds, key=lambda f: sum(len(data[s]) for s in f)).extend(g)

counts = np.zeros(65536, np.int64)
for s in sets:
    if s in held_out: continue
    qs = data[s]
    if qs:
        np.add.at(counts, qs[0].u.ravel(), 1); np.add.at(counts, qs[0].c.ravel(), 1)
        for q in qs: np.add.at(counts, q.t, 1)
counts[0] = 0
common = np.argsort(-counts)[: int((counts >= 8).sum())]
vocab = np.ones(65536, np.int64); vocab[0] = 0
vocab[common] = np.arange(2, len(common) + 2)
VOCAB = len(common) + 2
vocab_t = torch.from_numpy(vocab)

def pair_hash(a, b):
    """Bucket of a pair of characters; the same in TypeScript."""
    return (((a * 31 + b) * 2654435761) & 0xFFFFFFFF) >> (32 - BITS)

class Reader(nn.Module):
    """Compares the characters of a question with those of a unit and of what stands above it."""
    def __init__(self):
        super().__init__()
        d = args.dim
        self.char = nn.Embedding(VOCAB, d, padding_idx=0)
        self.pair = nn.Embedding(1 << BITS, d)
        nn.init.normal_(self.char.weight, std=.15); nn.init.normal_(self.pair.weight, std=.05)
        self.match = nn.Linear(d, d, bias=False)
        self.literal = nn.Parameter(torch.tensor([2., 2.]))
        self.compare = nn.Linear(6 * d + 2, d)
        self.weigh = nn.Linear(d + 2, 1)
        self.bag = nn.Linear(d, d)
        self.drop = nn.Dropout(.15)
        self.size = 3 * d
    def embed(self, x):
        e = self.char(vocab_t[x])
        left, right = F.pad(x, (1, 0))[:, :-1], F.pad(x, (0, 1))[:, 1:]
        p = self.pair(pair_hash(left, x)) + self.pair(pair_hash(x, right))
        return (e + p) * (x > 0)[..., None]
    def attend(self, wq, q, s, es):
        same = (q[:, :, None] == s[:, None, :])
        qn, sn = F.pad(q, (0, 1))[:, 1:], F.pad(s, (0, 1))[:, 1:]
        qb, sb = F.pad(q, (1, 0))[:, :-1], F.pad(s, (1, 0))[:, :-1]
        pair = same & ((qn[:, :, None] == sn[:, None, :]) | (qb[:, :, None] == sb[:, None, :]))
        a = torch.bmm(wq, es.transpose(1, 2)) / 5 + self.literal[0] * same + self.literal[1] * pair
        a = a.masked_fill((s == 0)[:, None], -1e4).softmax(-1)
        return torch.bmm(a, es), pair.any(-1)
    def forward(self, q, u, c):
        eq, eu, ec = self.drop(self.embed(q)), self.drop(self.embed(u)), self.drop(self.embed(c))
        wq = self.match(eq)
        vu, lu = self.attend(wq, q, u, eu)
        vc, lc = self.attend(wq, q, c, ec)
        flags = torch.stack([lu, lc], -1).float()
        h = F.relu(self.compare(torch.cat([eq, vu, (eq - vu).abs(), eq * vu, (eq - vc).abs(), eq * vc, flags], -1)))
        w = self.weigh(torch.cat([eq, flags], -1)).squeeze(-1).masked_fill(q == 0, -1e4).softmax(-1)
        pooled = (h * w[..., None]).sum(1)
        most = (h * (q > 0)[..., None]).max(1)[0]
        bag = (F.relu(self.bag(eu)) * (u > 0)[..., None]).sum(1) / ((u > 0).sum(1)[:, None] + 4.)
        asked = (eq * w[..., None]).sum(1)
        return torch.cat([pooled, most, bag * asked * 4], -1)

class Scorer(nn.Module):
    """One score for each candidate, and one for `none` from the best candidate and what any of them reaches."""
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer('mean', mean); self.register_buffer('std', std)
        H = args.hidden
        self.reader = Reader() if args.text else None
        R = self.reader.size if args.text else 0
        self.unit = nn.Sequential(nn.Linear(D + R, H), nn.ReLU(), nn.Dropout(args.dropout), nn.Linear(H, 16), nn.ReLU(), nn.Linear(16, 1))
        self.null = nn.Sequential(nn.Linear(2 * D + R, H), nn.ReLU(), nn.Dropout(args.dropout), nn.Linear(H, 1))
    def forward(self, x, mask, q, u, c):
        z = (x - self.mean) / self.std
        B, N = mask.shape
        if args.text:
            s = torch.zeros(B, N, 1)
            at = mask.nonzero(as_tuple=True)
            r = torch.zeros(B, N, self.reader.size)
            r = r.index_put(at, self.reader(q[at[0]], u[at], c[at]))
            f = torch.cat([z, r], -1)
        else: r, f = None, z
        s = self.unit(f).squeeze(-1).masked_fill(~mask, -1e4)
        best = f[torch.arange(B), s.argmax(1)]
        most = z.masked_fill(~mask[..., None], -9).max(1)[0].clamp(-9, 9)
        return s, self.null(torch.cat([best, most], -1)).squeeze(-1)

def batch(qs, cap=None):
    picks = []
    for q in qs:
        n = len(q.y); idx = np.arange(n)
        if cap is not None and n > cap:
            right = np.flatnonzero(q.y == 1)[:4]
            rest = np.flatnonzero(q.y == 0)
            near = rest[:cap - 4 - len(right)]; far = rest[cap - 4 - len(right):]
            idx = np.concatenate([right, near, np.random.choice(far, min(4, len(far)), replace=False) if len(far) else far]).astype(np.int64)
        picks.append(idx)
    N = max(1, max(len(p) for p in picks)); B = len(qs)
    x = np.zeros((B, N, D), np.float32); mask = np.zeros((B, N), bool); y = np.zeros((B, N), np.int64)
    u = np.zeros((B, N, UL), np.int64); c = np.zeros((B, N, CL), np.int64); t = np.zeros((B, QL), np.int64)
    for i, (q, p) in enumerate(zip(qs, picks)):
        n = len(p); x[i, :n] = q.x[p]; mask[i, :n] = True; y[i, :n] = q.y[p]; t[i] = q.t
        if args.text: u[i, :n] = q.u[q.ids[p]]; c[i, :n] = q.c[q.ids[p]]
    return [torch.from_numpy(a) for a in (x, mask, t, u, c)] + [torch.from_numpy(y)]

def usable(q):
    return len(q.y) > 0 and (q.refuse or (q.y == 1).any())

def run(model, train, epochs, lr, tag=''):
    everything = [q for q in train if usable(q)]
    keep = lambda q: random.random() < {'missing': .25, 'cut': .5, 'reworded': .6}.get(q.variant, 1)
    train = [q for q in everything if keep(q)]
    opt = torch.optim.AdamW(model.parameters(), lr, weight_decay=args.wd)
    B = 24; steps = epochs * (len(train) // B + 1); step = 0
    model.train()
    for epoch in range(epochs):
        if epoch: train = [q for q in everything if keep(q)]
        random.shuffle(train); total = 0
        for k in range(0, len(train), B):
            qs = train[k:k + B]
            x, mask, t, u, c, y = batch(qs, args.cap)
            for g in opt.param_groups: g['lr'] = lr * max(0, 1 - step / steps) + 1e-5
            step += 1
            s, null = model(x, mask, t, u, c)
            s = s.masked_fill(y == -1, -1e4)
            logp = F.log_softmax(torch.cat([s, null[:, None]], 1), 1)
            refuse = torch.tensor([q.refuse for q in qs])
            target = torch.cat([(y == 1) & ~refuse[:, None], refuse[:, None]], 1)
            ll = torch.logsumexp(logp.masked_fill(~target, -1e4), 1)
            # The line within the notices, whatever null says: keeps finding apart from refusing.
            inner = torch.logsumexp(F.log_softmax(s, 1).masked_fill(y != 1, -1e4), 1)
            w = torch.tensor([WEIGHT[q.variant] * (0.5 if q.set == 'policies' else 1) for q in qs])
            loss = -(ll * w).mean() - .5 * (torch.where(refuse, torch.zeros_like(inner), inner) * w).mean()
            opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(model.parameters(), 5); opt.step()
            total += float(loss) * len(qs)
        if tag: print(f'  {tag} epoch {epoch} loss {total / len(train):.3f} {time.time() - started:.0f} s', flush=True)
    model.eval()
    return model

def fresh():
    random.seed(args.seed); torch.manual_seed(args.seed); np.random.seed(args.seed)
    sample = np.concatenate([q.x for s in groups.values() for n in s for q in data[n][::5]])
    return Scorer(torch.from_numpy(sample.mean(0)), torch.from_numpy(sample.std(0) + 1e-2))

def region(q, top, p):
    """Returns the probability of a candidate and of those that overlap with it: they say the same."""
    a, b = q.spans[top]
    return float(sum(p[j] for j, (c, d) in enumerate(q.spans) if q.ranks[j] == q.ranks[top] and (j == top or (c <= b and a <= d))))

def judge(model, qs):
    """Returns per question: probability that something answers, whether the best candidate is right, its index, scores."""
    rows = []
    with torch.no_grad():
        for k in range(0, len(qs), 48):
            part = qs[k:k + 48]
            x, mask, t, u, c, y = batch(part)
            s, null = model(x, mask, t, u, c)
            p = torch.softmax(torch.cat([s, null[:, None]], 1), 1).numpy()
            for i, q in enumerate(part):
                n = len(q.y)
                if n == 0: rows.append((q, 0., False, -1, [])); continue
                top = int(p[i, :n].argmax())
                rows.append((q, region(q, top, p[i, :n]), bool(q.y[top] != 0) and not q.refuse, top, p[i, :n]))
    return rows

def best_at(rows, want, can):
    ok = n = b = 0
    for r in sorted(rows, key=lambda r: -r[1]):
        n += 1; ok += r[2]
        if ok / n >= want: b = ok
    return b / max(1, can)

def report(tag, rows):
    rows = [r for r in rows if r[0].variant == 'written']
    can = [r for r in rows if not r[0].refuse]; no = [r for r in rows if r[0].refuse]
    n = max(1, len(can))
    a, b = np.array([r[1] for r in can]), np.array([r[1] for r in no])
    auc = (a[:, None] > b[None]).mean() if len(b) else float('nan')
    def first(k): return sum(any(r[0].y[j] != 0 for j in np.argsort(-r[4])[:k]) for r in can if len(r[4])) / n
    notice = sum(any(r[0].y[j] != 0 and r[0].ranks[j] == r[0].ranks[r[3]] for j in range(len(r[0].y))) for r in can if r[3] >= 0) / n
    bins = []
    for lo, hi in ((0, .2), (.2, .4), (.4, .6), (.6, .8), (.8, .9), (.9, 1.01)):
        part = [r for r in rows if lo <= r[1] < hi]
        if part: bins.append(f"{np.mean([r[1] for r in part]):.2f}:{np.mean([r[2] for r in part]):.2f}({len(part)})")
    if tag.startswith(('ALL', 'HELD')): print('   calibration', ' '.join(bins))
    print(f"{tag:28s} {len(can)}+{len(no)} line@1 {first(1):.3f} @2 {first(2):.3f} @3 {first(3):.3f} notice {notice:.3f} auc {auc:.3f} | sure&right at .95 {best_at(rows,.95,n):.3f} .92 {best_at(rows,.92,n):.3f} .9 {best_at(rows,.9,n):.3f} .8 {best_at(rows,.8,n):.3f}", flush=True)

def calibrate(rows):
    """Fits P(right) = 1 / (1 + exp(-(slope * logit + bias))) to the probabilities of sets left out."""
    p = np.clip(np.array([r[1] for r in rows]), 1e-4, 1 - 1e-4)
    x = torch.tensor(np.log(p / (1 - p)), dtype=torch.float64); y = torch.tensor([float(r[2]) for r in rows], dtype=torch.float64)
    ab = torch.tensor([1., 0.], dtype=torch.float64, requires_grad=True)
    opt = torch.optim.LBFGS([ab], max_iter=200)
    def closure():
        opt.zero_grad(); loss = F.binary_cross_entropy_with_logits(ab[0] * x + ab[1], y); loss.backward(); return loss
    opt.step(closure)
    q = 1 / (1 + np.exp(-(ab[0].item() * x.numpy() + ab[1].item())))
    print('calibration', ab.tolist())
    for t in (.5, .6, .65, .7, .75, .8, .85, .9):
        sure = q >= t; can = np.array([not r[0].refuse for r in rows]); ok = np.array([r[2] for r in rows])
        print(f'  sure from {t}: precision {ok[sure].mean():.3f}, sure and right {(ok & sure).sum() / can.sum():.3f}, unanswerable said {(sure & ~can).sum() / (~can).sum():.3f}')
    return [round(v, 4) for v in ab.tolist()]

def write_model(model, calibration):
    layer = lambda m: {'weights': [[float(f'{v:.4g}') for v in row] for row in m.weight.tolist()], 'bias': [float(f'{v:.4g}') for v in m.bias.tolist()]}
    dense = lambda net: [layer(m) for m in net if isinstance(m, nn.Linear)]
    json.dump({
        'about': 'Scores every answer unit of the notices found, and "none": two small networks over the features of src/answering/scoring/unit-features.ts (`mean` and `spread` scale them), and the calibration of the probability (slope and bias over its log odds). Trained by scripts/training/train.py on the questions in scripts/training/questions and test/sets/train; left out: held-out sets. Figures: scripts/training/experiments.md. Not to be edited by hand.',
        'features': names, 'mean': [float(f'{v:.4g}') for v in model.mean.tolist()], 'spread': [float(f'{v:.4g}') for v in model.std.tolist()],
        'unit': dense(model.unit), 'none': dense(model.null), 'calibration': {'slope': calibration[0], 'bias': calibration[1]},
    }, open(args.out, 'w'), ensure_ascii=False)

if __name__ == '__main__':
    import copy
    print(f'{len(data)} sets, {sum(len(v) for v in data.values())} rows, loaded in {time.time() - started:.0f} s; folds {folds}', flush=True)
    base = fresh()
    if args.pretrain and other:
        run(base, other, args.pretrain, args.lr, 'pretrain')
    everything = []
    for f, fold in enumerate(folds):
        if not fold or args.only_fold not in (-1, f): continue
        model = run(copy.deepcopy(base), [q for g in groups.values() for s in g if s not in fold for q in data[s]], args.epochs, args.lr)
        for s in fold:
            rows = judge(model, data[s]); report(s, rows); everything += rows
        print(f'  {time.time() - started:.0f} s', flush=True)
    report('ALL left out', [r for r in everything if r[0].set != 'policies'])
    if args.dump:
        with open(args.dump, 'w') as out:
            for q, p, ok, top, ps in everything:
                out.write(json.dumps(dict(set=q.set, id=q.id, variant=q.variant, refuse=q.refuse, p=p, right=ok, top=top, scores=[round(float(v), 4) for v in ps])) + '\n')
    if args.only_fold == -1:
        model = run(copy.deepcopy(base), [q for g in groups.values() for s in g for q in data[s]], args.epochs, args.lr)
        for s in held_out:
            if s in data: report('HELD ' + s, judge(model, data[s]))
        if args.out: write_model(model, calibrate([r for r in everything if r[0].variant == 'written' and r[0].set != 'policies']))
