"""Learns the trees of AccountScoreTable.cs. Offline; Cordon itself needs no Python.

    python3 train_scores.py --part EVIDENCE.csv LABELS.csv [--part ...] [--city ACCOUNTS.csv] [--members MEMBERS.csv]
                            [--out AccountScoreTable.cs]

EVIDENCE.csv is what `cordon detect --evidence` writes. LABELS.csv is accounts.csv of AMLGentex or nodes.csv of AMLSim.
Without --out it only reports how well trees learned on some accounts rank the others. Needs numpy, pandas, scikit-learn.
"""
import argparse
import zlib
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

# What accounts pay outside differs between good and bad in AMLGentex by a setting of that generator. So that the score does not
# rest on it alone, each part is also learned with these taken from other, good accounts.
HABITS = ["cash", "outsideSpread", "outsideRate", "outsideLevel", "nearOutsideSpread"]
HABIT_FREE_WEIGHT = 0.5
DEPTH = 3
KEYS = {"ACCOUNT_ID": "IS_SAR", "nodeid": "isFraud"}


class Part:
    def __init__(self, evidence, labels):
        frame = pd.read_csv(evidence).set_index("account").sort_index()
        told = pd.read_csv(labels)
        key = next(k for k in KEYS if k in told.columns)
        bad = told.set_index(key)[KEYS[key]].astype(int)
        self.name = evidence.split("/")[-1]
        self.source = labels
        self.names = [c for c in frame.columns if c != "currency"]
        self.ids = frame.index.values
        self.x = frame[self.names].values
        self.y = bad.reindex(frame.index).fillna(0).values.astype(int)
        random = np.random.RandomState(1)
        good = np.where(self.y == 0)[0]
        at = [self.names.index(n) for n in HABITS]
        self.free = self.x.copy()
        self.free[:, at] = self.x[random.choice(good, len(self.x))][:, at]


def learn(parts, keep, trees, seed=0):
    xs, ys, ws = [], [], []
    for part in parts:
        use = keep(part)
        y = part.y[use]
        weight = np.where(y == 1, 1.0 / max(1, y.sum()), 3.0 / max(1, (y == 0).sum()))
        has_habits = part.x[:, part.names.index("outsideSpread")].std() > 0
        xs.append(part.x[use]), ys.append(y), ws.append(weight)
        if has_habits:
            xs.append(part.free[use]), ys.append(y), ws.append(weight * HABIT_FREE_WEIGHT)
    x, y, w = np.vstack(xs), np.hstack(ys), np.hstack(ws)
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_depth=DEPTH, learning_rate=0.08, min_samples_leaf=15, l2_regularization=2, random_state=seed)
    return model.fit(x, y, sample_weight=w * len(y) / w.sum())


def tell(title, results):
    for name, values in results.items():
        ap, auc = np.array(values).T
        print(f"{title:<18}{name:<34}AP {ap.mean():.3f} +- {ap.std():.3f}  AUC {auc.mean():.4f} +- {auc.std():.4f}  ({len(ap)} splits)", flush=True)


def held_out(parts, splits, trees, title):
    """splits: functions part -> (train mask, test mask)."""
    results = {}
    for split in splits:
        model = learn(parts, lambda p: split(p)[0], trees)
        for part in parts:
            test = split(part)[1]
            if part.y[test].sum() == 0:
                continue
            rows = [(part.name, part.x)]
            if part.x[:, part.names.index("outsideSpread")].std() > 0:
                rows.append((part.name + " no habits", part.free))
            for name, x in rows:
                p = model.predict_proba(x[test])[:, 1]
                y = part.y[test]
                results.setdefault(name, []).append((average_precision_score(y, p), roc_auc_score(y, p)))
    tell(title, results)


def part_of(ids, salt):
    return np.array([zlib.crc32(f"{salt}/{i}".encode()) % 1000 for i in ids]) / 1000


def by_account(seed, fold, folds=4):
    def split(part):
        u = part_of(part.ids, seed)
        test = (u >= fold / folds) & (u < (fold + 1) / folds)
        return ~test, test
    return split


def by_city(cities, wanted, source):
    def split(part):
        if part.source != source:
            return by_account("city", 0)(part)
        test = np.isin(cities.reindex(part.ids).values, wanted)
        return ~test, test
    return split


def by_pattern(members, seed, source):
    models = members.modelID.unique()
    out = set(np.random.RandomState(seed).choice(models, len(models) // 4, replace=False))
    touched = set(members.accountID[members.modelID.isin(out)])
    def split(part):
        if part.source != source:
            return by_account(seed, 0)(part)
        test_good = (part_of(part.ids, seed) < 0.25) & (part.y == 0)
        test_bad = np.isin(part.ids, list(touched))
        return ~(test_good | test_bad), test_good | test_bad
    return split


def table(model, source):
    lines = []
    for (tree,) in model._predictors:
        nodes, questions, answers = tree.nodes, [(0, 0.0)] * (2 ** DEPTH - 1), [0.0] * (2 ** DEPTH)

        def walk(node, at):
            n = nodes[node]
            if at >= len(questions):
                answers[at - len(questions)] = n["value"]
            elif n["is_leaf"]:
                walk(node, 2 * at + 1), walk(node, 2 * at + 2)
            else:
                questions[at] = (int(n["feature_idx"]), float(n["num_threshold"]))
                walk(n["left"], 2 * at + 1), walk(n["right"], 2 * at + 2)
        walk(0, 0)
        numbers = [v for q in questions for v in q] + answers
        lines.append("        " + ", ".join(f"{v:.6g}" for v in numbers) + ",")
    start = float(np.ravel(model._baseline_prediction)[0])
    return f"""namespace Cordon.Engine.Patterns;

// Written by Training/train_scores.py from {source}; change it there.
internal static partial class AccountScoreTrees
{{
    private const double Start = {start:.6g};

    // A line is a tree: seven questions (number of the evidence, bound: up to it goes left), then eight answers.
    private static ReadOnlySpan<double> Table =>
    [
{chr(10).join(lines)}
    ];
}}
"""


PATTERNS = {1: "fan_out", 2: "fan_in", 3: "cycle", 4: "bipartite", 5: "stack", 7: "scatter_gather", 8: "gather_scatter"}


def transfers(parts, file, members, trees):
    """Accounts and transfers of an AMLGentex file, as a whole and by pattern, by scores of accounts that the trees have not seen."""
    part, score = parts[0], np.zeros(len(parts[0].y))
    for fold in range(4):
        train, test = by_account(0, fold)(part)
        model = learn(parts, lambda p, f=fold: by_account(0, f)(p)[0], trees)
        score[test] = model.predict_proba(part.x[test])[:, 1]
    by_id = pd.Series(score, part.ids)
    tx = pd.read_csv(file, usecols=["nameOrig", "nameDest", "amount", "isSAR", "modelType"])
    tx = tx[(tx.nameOrig >= 0) & (tx.nameDest >= 0)]
    times = tx.groupby(["nameOrig", "nameDest"]).amount.transform("size").values
    both = np.minimum(by_id.reindex(tx.nameOrig).values, by_id.reindex(tx.nameDest).values)
    ranked = both * np.select([times == 1, times == 2], [1, 0.3], 0.1)
    print(f"accounts: AP {average_precision_score(part.y, score):.3f}  AUC {roc_auc_score(part.y, score):.4f}")
    print(f"transfers: AP {average_precision_score(tx.isSAR, ranked):.3f}  AUC {roc_auc_score(tx.isSAR, ranked):.4f}")
    for number, name in PATTERNS.items():
        of = np.isin(part.ids, members.accountID[members.type == name])
        use = of | (part.y == 0)
        moved = ((tx.isSAR == 1) & (tx.modelType == number)).values
        among = moved | (tx.isSAR == 0).values
        print(f"  {name:<16} accounts AP {average_precision_score(of[use], score[use]):.3f}  transfers AP {average_precision_score(moved[among], ranked[among]):.3f}")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--part", nargs=2, action="append", required=True)
    args.add_argument("--city"), args.add_argument("--members"), args.add_argument("--out"), args.add_argument("--transfers")
    args.add_argument("--trees", type=int, default=150)
    args = args.parse_args()
    parts = [Part(*p) for p in args.part]
    source = parts[0].source
    if args.out:
        model = learn(parts, lambda p: np.ones(len(p.y), bool), args.trees)
        with open(args.out, "w") as out:
            out.write(table(model, "AMLGentex and AMLSim data (Apache-2.0)"))
        return
    held_out(parts, [by_account(s, f) for s in range(2) for f in range(4)], args.trees, "by account")
    if args.members:
        members = pd.read_csv(args.members)
        if args.transfers:
            transfers(parts, args.transfers, members, args.trees)
        held_out(parts, [by_pattern(members, s, source) for s in range(6)], args.trees, "by pattern")
    if args.city:
        cities = pd.read_csv(args.city).set_index("ACCOUNT_ID").CITY
        names = sorted(cities.unique())
        held_out(parts, [by_city(cities, names[i::4], source) for i in range(4)], args.trees, "by city")


main()
