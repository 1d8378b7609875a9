"""Small files of responses in the layout of model-vs-human's raw-data, and what is true of them.

python src/test/python/make_behaviour_files.py src/test/resources/dev/kindred/study/convergence/behaviour.zip

Needs numpy, pandas and scikit-learn. Like the public files, those of people are named _session_1 and
some have the column Session; names of images differ in the part that says who saw them; on sets of one
level networks have NaN as condition and the bare names of images. expected.csv has, for each set and
level (0.1 for 0.10), the shares and the kappas of scikit-learn, means over pairs.
"""

import io
import sys
import zipfile

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, cohen_kappa_score

CATEGORIES = (
    "airplane bear bicycle bird boat bottle car cat chair clock dog elephant keyboard knife oven truck".split()
)
SETS = {
    "colour": ("cl", ["cr", "bw"], 4),
    "uniform-noise": ("nse", ["0.00", "0.10", "0.90"], 3),
    "edge": ("edg", ["0"], 3),
}
NETWORKS = ["resnet50", "bagnet33"]
COUNTED = {"colour": ["bw"], "uniform-noise": ["0.10"], "edge": ["0"]}


def responses(rng, images, accuracy, shared, depends):
    """The category where the answer is right; otherwise another one, or none."""
    own = rng.random(len(images))
    right = np.where(rng.random(len(images)) < depends, shared, own) < accuracy
    wrong = rng.choice(CATEGORIES, len(images))
    wrong = np.where(wrong == images.category, "na", wrong)
    return np.where(right, images.category, wrong)


def table(rng, who, set_name, images, accuracy, shared, depends):
    code, levels, _ = SETS[set_name]
    person = who.startswith("subject")
    bare = len(levels) == 1 and not person
    shown = images.sample(frac=1, random_state=int(rng.integers(1 << 30)))
    seen = "s" + who[-2:] if person else "dnn"
    answers = pd.Series(responses(rng, images, accuracy, shared, depends), index=images.index)
    answer = answers[shown.index]
    if not person:  # networks always answer
        answer = answer.where(answer != "na", np.where(shown.category == "knife", "oven", "knife"))
    prefix = [
        "" if bare else f"{trial:04d}_{code}_{seen}_{condition}_{category}_10_"
        for trial, (condition, category) in enumerate(zip(shown.condition, shown.category), 1)
    ]
    return pd.DataFrame(
        {
            "subj": who,
            "Session" if person and who.endswith("1") else "session": 1,
            "trial": np.arange(1, len(shown) + 1),
            "rt": np.round(rng.random(len(shown)), 6) if person else np.nan,
            "object_response": answer,
            "category": shown.category,
            "condition": "NaN" if bare else shown.condition,
            "imagename": [p + name for p, name in zip(prefix, shown.image)],
        }
    ), answers == images.category


def main(target):
    rng = np.random.default_rng(42)
    expected = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

        def write(name, frame):
            entry = zipfile.ZipInfo(name, (2021, 6, 14, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            text = io.StringIO()
            frame.to_csv(text, index=False, na_rep="NaN", lineterminator="\n")
            archive.writestr(entry, text.getvalue())

        for set_name, (_, levels, people) in SETS.items():
            images = pd.DataFrame(
                [
                    (level, category, f"n0{rng.integers(1 << 20)}_{k}.png" if len(levels) > 1 else f"{category}{k}.png")
                    for level in levels
                    for k in range(2)
                    for category in CATEGORIES
                ],
                columns=["condition", "category", "image"],
            )
            shared = rng.random(len(images))
            right = {}
            for who in [f"subject-{i:02d}" for i in range(1, people + 1)] + NETWORKS:
                person = who.startswith("subject")
                accuracy = 0.7 + 0.05 * rng.random() if person else 0.5
                frame, right[who] = table(rng, who, set_name, images, accuracy, shared, 0.7 if person else 0.4)
                write(f"raw-data/{set_name}/{set_name}_{who}_session{'_' if person else '-'}1.csv", frame)
            persons = [who for who in right if who not in NETWORKS]
            means = {}
            for level in levels:
                at = (images.condition == level).to_numpy()
                for row in ["people", *NETWORKS]:
                    pairs = (
                        [(a, b) for i, a in enumerate(persons) for b in persons[:i]]
                        if row == "people"
                        else [(row, person) for person in persons]
                    )
                    numbers = []
                    for a, b in pairs:
                        x, y = right[a][at].to_numpy(), right[b][at].to_numpy()
                        p, q = x.mean(), y.mean()
                        chance = p * q + (1 - p) * (1 - q)
                        numbers.append(
                            [
                                accuracy_score(x, y),
                                chance,
                                least(x, y),
                                greatest(x, y),
                                cohen_kappa_score(x, y),
                            ]
                        )
                    accuracy = np.mean([right[who][at].mean() for who in (persons if row == "people" else [row])])
                    value = [*np.mean(numbers, axis=0), accuracy]
                    means[row, level] = value
                    expected.append((set_name, level[:3].replace("0.0", "0"), row, *value))
            for row in ["people", *NETWORKS]:
                mean = np.mean([means[row, level] for level in COUNTED[set_name]], axis=0)
                expected.append((set_name, "mean", row, *mean))
        for row in ["people", *NETWORKS]:
            mean = np.mean([line[3:] for line in expected if line[1:3] == ("mean", row)], axis=0)
            expected.append(("all sets", "mean", row, *mean))
        columns = ["set", "level", "name", "observed", "expected", "least", "greatest", "kappa", "accuracy"]
        write("expected.csv", pd.DataFrame(expected, columns=columns))


def least(x, y):
    """Kappa where one's right answers stand first and the other's last."""
    return cohen_kappa_score(np.sort(x), np.sort(y)[::-1])


def greatest(x, y):
    """Kappa where both have their right answers last."""
    return cohen_kappa_score(np.sort(x), np.sort(y))


if __name__ == "__main__":
    main(sys.argv[1])
