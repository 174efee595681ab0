"""Draws the risk of sure answers against their coverage, and prints the calibration in five bins.

usage: python3 draw_curve.py ROWS.jsonl data/scorer.json OUT.svg   (ROWS: written by train.py --dump)
"""
import json, math, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
rows = [r for r in rows if r['variant'] == 'written' and r['set'] != 'policies']
calibration = json.load(open(sys.argv[2]))['calibration']

def calibrated(p):
    p = min(1 - 1e-4, max(1e-4, p))
    return 1 / (1 + math.exp(-(calibration['slope'] * math.log(p / (1 - p)) + calibration['bias'])))

for r in rows: r['q'] = calibrated(r['p'])
rows.sort(key=lambda r: -r['q'])
can = sum(not r['refuse'] for r in rows)
points, right = [], 0
for n, r in enumerate(rows, 1):
    right += r['right']
    points.append((n / len(rows), 1 - right / n))
for i in range(5):
    part = rows[i * len(rows) // 5:(i + 1) * len(rows) // 5]
    print(f"bin {i + 1}: mean confidence {sum(r['q'] for r in part) / len(part):.2f}, right {sum(r['right'] for r in part) / len(part):.2f}, {len(part)} questions")
W, H, M = 520, 300, 44
x = lambda c: M + c * (W - M - 12)
y = lambda risk: H - M - risk / .6 * (H - M - 16)
path = ' '.join(f"{'M' if i == 0 else 'L'}{x(c):.1f} {y(min(.6, risk)):.1f}" for i, (c, risk) in enumerate(points[::max(1, len(points) // 200)]))
grid = ''.join(f'<line x1="{M}" x2="{W - 12}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#ddd"/><text x="{M - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{v:.1f}</text>' for v in (0, .1, .2, .3, .4, .5, .6))
ticks = ''.join(f'<text x="{x(v):.1f}" y="{H - M + 18}" text-anchor="middle">{v:.1f}</text>' for v in (0, .2, .4, .6, .8, 1))
open(sys.argv[3], 'w').write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {W} {H}" font-family="sans-serif" font-size="12"><rect width="{W}" height="{H}" fill="#fff"/>{grid}{ticks}<text x="{W / 2}" y="{H - 6}" text-anchor="middle">coverage: share of questions answered, likeliest first</text><text x="14" y="{H / 2}" transform="rotate(-90 14 {H / 2})" text-anchor="middle">risk: share of these that is wrong</text><path d="{path}" fill="none" stroke="#06c" stroke-width="2"/></svg>\n')
