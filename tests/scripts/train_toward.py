#!/usr/bin/env python3
"""Trains the model of `[sentiment] toward = "model"` and writes its weights.

The program itself makes the features, from the training part of NewsMTSC (not part of this repository):

    FRAMESCOPE_WRITE_MENTIONS=mentions.jsonl cargo test --test all sentiment::model
    python3 tests/scripts/train_toward.py mentions.jsonl lexicons/sentiment/toward-en.tsv

Needs numpy. Prints, in this order: what cross-validation within one half says of each setting; a model of each half, measured on
the other; what the written weights are. Halves and folds are of documents, so that no text is in two of them.
"""
import collections
import json
import sys
import zlib

import numpy as np

LABELS = ["negative", "neutral", "positive"]
SETTINGS = [(5, 4), (10, 4), (20, 4), (10, 8)]
FOLDS = 5
# features of the lexicon are few: they are held back less than words
NAMED_PENALTY = 0.05


def document(mention):
    """The article, or the story where the identifier names one: allsides_<article>_<story>_…, polusa_v1_<article>_…"""
    parts = mention["id"].split("_")
    return parts[0] + parts[2]


def part_of(name, parts):
    return zlib.crc32(name.encode()) % parts


def load(path):
    mentions = [json.loads(line) for line in open(path, encoding="utf-8")]
    for mention in mentions:
        mention["document"] = document(mention)
        mention["half"] = part_of(mention["document"], 2)
        mention["fold"] = part_of("fold " + mention["document"], FOLDS)
        mention["key"] = "".join(c for c in mention["text"].lower() if c.isalnum())
        values = collections.Counter()
        small = set()
        for name, capital, value in mention["features"]:
            values[name] += value
            if not capital:
                small.add(name)
        mention["values"], mention["small"] = values, small
    return mentions


def vocabulary(mentions, documents):
    """Features in so many documents; words by those places alone where they have no capital, so that no name gets in."""
    seen = collections.defaultdict(set)
    for mention in mentions:
        for name in mention["small"]:
            seen[name].add(mention["document"])
    named = sorted(name for name in seen if name.startswith("*"))
    words = sorted(name for name in seen if len(seen[name]) >= documents and name.isascii() and name.replace("'", "").isalpha())
    return named + words


def matrix(mentions, names):
    place = {name: i for i, name in enumerate(names)}
    found = np.zeros((len(mentions), len(names)), dtype=np.float32)
    for row, mention in enumerate(mentions):
        for name, value in mention["values"].items():
            if name in place:
                found[row, place[name]] = value / 1000
    return found


def fit(mentions, names, penalty, rounds=250):
    """Multinomial logistic regression, its weights held back by their squares; accelerated descent with a fixed step."""
    x = matrix(mentions, names)
    y = np.eye(3, dtype=np.float32)[[LABELS.index(mention["label"]) for mention in mentions]]
    held = np.array([penalty * (NAMED_PENALTY if name.startswith("*") else 1) for name in names], dtype=np.float32)[:, None]
    # where features differ in size one step for all is slow: each is measured in its own unit
    size = np.sqrt((x ** 2).sum(0) * 0.5 + held[:, 0])
    x = x / size
    held = held / size[:, None] ** 2
    v = np.ones(x.shape[1], dtype=np.float32)
    for _ in range(50):
        v = x.T @ (x @ v)
        length = np.linalg.norm(v)
        v /= length
    step = 1 / (0.5 * length + held.max())
    weights = ahead = np.zeros((x.shape[1], 3), dtype=np.float32)
    for k in range(rounds):
        z = x @ ahead
        z = np.exp(z - z.max(1, keepdims=True))
        slope = x.T @ (z / z.sum(1, keepdims=True) - y) + held * ahead
        after = ahead - step * slope
        ahead = after + k / (k + 3) * (after - weights)
        weights = after
    return np.rint(weights / size[:, None] * 1000).astype(int)


def predict(mentions, names, weights):
    return (matrix(mentions, names).astype(float) @ weights).argmax(1)


def macro_f1(mentions, called):
    coded = np.array([LABELS.index(mention["label"]) for mention in mentions])
    each = [((coded == c) & (called == c)).sum() * 2 / ((coded == c).sum() + (called == c).sum()) for c in range(3)]
    return sum(each) / 3


def cross_validated(mentions, penalty, documents):
    called = np.zeros(len(mentions), dtype=int)
    for fold in range(FOLDS):
        train = [mention for mention in mentions if mention["fold"] != fold]
        at = [i for i, mention in enumerate(mentions) if mention["fold"] == fold]
        names = vocabulary(train, documents)
        called[at] = predict([mentions[i] for i in at], names, fit(train, names, penalty))
    return macro_f1(mentions, called)


def main():
    mentions = load(sys.argv[1])
    halves = [[mention for mention in mentions if mention["half"] == half] for half in (0, 1)]
    best = max(SETTINGS, key=lambda setting: report(setting, cross_validated(halves[0], *setting)))
    penalty, documents = best
    print(f"chosen: penalty {penalty}, words of {documents} documents and more")
    for train, measured in ((0, 1), (1, 0)):
        known = {mention["key"] for mention in halves[train]}
        unseen = [mention for mention in halves[measured] if mention["key"] not in known]
        names = vocabulary(halves[train], documents)
        called = predict(unseen, names, fit(halves[train], names, penalty))
        rule = np.array([LABELS.index(mention["rule"]) for mention in unseen])
        print(f"half {train} ({len(halves[train])}) -> half {measured} ({len(unseen)}): "
              f"model {macro_f1(unseen, called):.4f}, rule {macro_f1(unseen, rule):.4f}")
    names = vocabulary(mentions, documents)
    weights = fit(mentions, names, penalty)
    print(f"both halves ({len(mentions)}): {len(names)} features, {macro_f1(mentions, predict(mentions, names, weights)):.4f} on what it was trained on")
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("# Weights of the model that scores mentions of targets (docs/lab/toward-model.md), in thousandths: feature, negative, neutral, positive.\n")
        out.write("# Trained on the training part of NewsMTSC (Hamborg and Donnay 2021; MIT licence, copyright 2020 Felix Hamborg) by tests/scripts/train_toward.py.\n")
        for name, row in zip(names, weights):
            if row.any():
                out.write("\t".join([name, *map(str, row)]) + "\n")


def report(setting, reached):
    print(f"penalty {setting[0]}, words of {setting[1]} documents and more: {reached:.4f} in cross-validation within one half", flush=True)
    return reached


if __name__ == "__main__":
    main()
