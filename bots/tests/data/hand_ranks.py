#!/usr/bin/env python3
"""Writes hand_ranks.txt, the table that hand evaluation is tested against.

Needs `pip install phevaluator` and nothing else:

    python3 hand_ranks.py > hand_ranks.txt

All 7,462 different values of five cards, one hand each, the best first; then
4,000 random hands of seven cards, each as `place:cards`. A card is a letter:
its number on the wire (suit * 13 + rank, suits hdcs) in A-Z, a-z.
"""

import itertools
import random
import string

from phevaluator import evaluate_cards

NAMES = [rank + suit for suit in "hdcs" for rank in "23456789TJQKA"]
LETTERS = string.ascii_uppercase + string.ascii_lowercase


def letters(hand):
    return "".join(LETTERS[card] for card in hand)


def place(hand):
    """1 for a royal flush to 7462 for 7-5-4-3-2."""
    return evaluate_cards(*(NAMES[card] for card in hand))


def one_of_each_value():
    found = {}
    # Spread over ranks with suits that make a flush, or do not.
    for ranks in itertools.combinations_with_replacement(range(13), 5):
        if max(ranks.count(rank) for rank in ranks) > 4:
            continue
        suits = [ranks[:i].count(rank) for i, rank in enumerate(ranks)]
        if len(set(ranks)) == 5:
            flush = [26 + rank for rank in ranks]
            found.setdefault(place(flush), flush)
            suits = [0, 0, 1, 2, 3]
        mixed = [13 * suit + rank for suit, rank in zip(suits, ranks)]
        found.setdefault(place(mixed), mixed)
    assert sorted(found) == list(range(1, 7463))
    return [found[value] for value in range(1, 7463)]


def wrapped(words, count):
    for start in range(0, len(words), count):
        print(" ".join(words[start : start + count]))


def main():
    chance = random.Random(20110902)
    print("# Written by hand_ranks.py with phevaluator; its docstring explains the form.")
    wrapped([letters(hand) for hand in one_of_each_value()], 16)
    sevens = [chance.sample(range(52), 7) for _ in range(4000)]
    wrapped([f"{place(hand)}:{letters(hand)}" for hand in sevens], 8)


if __name__ == "__main__":
    main()
