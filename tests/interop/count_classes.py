"""Counts classes from nothing but their backup files, as docs/glossary.md and the criteria say, and prints what it
finds as JSON: a second opinion on the numbers of the app.

    count_classes.py FOLDER

A measure counts who meets it, who is known not to, of whom it is not known, and who is left out with a reason.
"""

import json
import math
import sys
import zipfile
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

CONTENT = Path(__file__).parents[2] / "content/default"
REGISTERED = ("registered", "warning_on")
STATUSES = {"not_installed", "installed", "unable", "declined", *REGISTERED}
VERDICTS = {"pass", "fail", "na"}
ACTIVITY_KINDS = {"class_meeting", "work_meeting", "lecture", "publicity", "contest", "family", "other"}
ACTIVITY_TEXTS = ("title", "place", "partner", "analysis", "measures")
# Private to the phone that wrote it; from others only that there is one arrives.
NOTE = "note"


def of_scope(file, lists):
    """The list for dorms in a file of the content."""
    return next(entry for entry in json.loads((CONTENT / file).read_text())[lists] if entry["scope"] == "dorm")


# What a person must look at in a dorm; the book decides the other items.
DORM_ITEMS = [item["id"] for item in of_scope("checklists.json", "checklists")["items"] if item["auto"] is None]
DORM_GATES = [gate["test"] for gate in of_scope("criteria.json", "criteria")["gates"]]


def operations(file):
    """The operations of a backup, each once."""
    with zipfile.ZipFile(file) as backup:
        lines = backup.read("ops.jsonl").decode().split("\n")
    found = {}
    for line in filter(None, lines):
        op = json.loads(line)
        found.setdefault(op["id"], op)
    return list(found.values())


def precedence(op):
    device, number = op["id"].split(":")
    return (op["hlc"], device, int(number))


def parts(key):
    return tuple(part.replace("%2F", "/").replace("%25", "%") for part in key.split("/"))


def is_written(value):
    return value is not None and value != ""


def is_people(value):
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 99_999


class Log:
    """What is visible under each key, the shown value first: what no later writer of that key has seen and replaced."""

    def __init__(self, ops):
        by_key = defaultdict(list)
        for op in ops:
            by_key[op["key"]].append(op)
        left = {parts(key): self.unreplaced(of_key) for key, of_key in by_key.items()}
        self.visible = {key: [op["value"] for op in of_key] for key, of_key in left.items()}
        # Of what is visible, by its writer's clock, in ms since 1970.
        self.latest = max((op["hlc"][0] for of_key in left.values() for op in of_key), default=None)

    @staticmethod
    def unreplaced(ops):
        replaced = {id for op in ops for id in op.get("pred", [])}
        left = [op for op in ops if op["id"] not in replaced]
        return sorted(left, key=precedence, reverse=True)

    def shown(self, *key):
        values = self.visible.get(key, [])
        return values[0] if values else None

    def under(self, entity, length):
        """The keys of an entity that have so many parts."""
        return [key for key in self.visible if key[0] == entity and len(key) == length]

    def conflicts(self):
        def rivals(key, values):
            if key[0] == NOTE:
                values = [value for value in values if value is not None]
            return any(value != values[0] for value in values)

        return sum(rivals(key, values) for key, values in self.visible.items())


class Class:
    def __init__(self, log):
        self.log = log
        numbers = {key[1] for key in log.under("student", 3)}
        self.students = sorted(no for no in numbers if self.is_listed(no))
        self.dorms = defaultdict(list)
        for no in self.students:
            if is_written(dorm := log.shown("student", no, "dorm")):
                self.dorms[dorm].append(no)
        self.round, self.rounds = None, self.all_rounds()
        if self.rounds:
            self.round = self.rounds[-1]
        self.quiz = Quiz.latest(log)

    def is_listed(self, no):
        taken_off = self.log.shown("student", no, "listed") is False
        return is_written(self.log.shown("student", no, "name")) and not taken_off

    def all_rounds(self):
        """Opened, or written in although the opening was taken back."""
        opened = {day for (_, day, _) in self.log.under("round", 3) if self.log.shown("round", day, "open") is True}
        return sorted(opened | {key[1] for key in self.log.under("inspection", 4) if self.says_something(key)})

    def says_something(self, key):
        value = self.log.shown(*key)
        return is_written(value) if key[3].endswith(".remark") else value in VERDICTS

    # One student: True, False, None for unknown, "apart".

    def is_apart(self, no):
        status = self.log.shown("registration", no, "status")
        has_reason = is_written(self.log.shown("registration", no, "reason"))
        return status == "declined" or (status == "unable" and has_reason)

    def has_status(self, no, enough):
        status = self.log.shown("registration", no, "status")
        if self.is_apart(no):
            return "apart"
        if status == "unable" or status not in STATUSES:
            return None
        return status in enough

    def yes_or_no(self, *key):
        value = self.log.shown(*key)
        return value if isinstance(value, bool) else None

    def has_right_region(self, no):
        return "apart" if self.is_apart(no) else self.yes_or_no("registration", no, "region")

    def has_taken(self, no):
        return bool(self.quiz.results(no)) if self.quiz else None

    def has_passed(self, no):
        results = self.quiz.results(no) if self.quiz else []
        return any(is_passed for _, is_passed in results) if results else None

    def of_student(self, measure, no):
        return {
            "registered": lambda: self.has_status(no, REGISTERED),
            "warning_on": lambda: self.has_status(no, ("warning_on",)),
            "region_right": lambda: self.has_right_region(no),
            "pledge_signed": lambda: self.yes_or_no("pledge", no, "signed"),
            "notice_returned": lambda: self.yes_or_no("notice", no, "returned"),
            "quiz_taken": lambda: self.has_taken(no),
            "quiz_passed": lambda: self.has_passed(no),
        }[measure]()

    # One dorm.

    def is_inspected(self, dorm):
        """Unknown while there is no round to inspect in."""
        if self.round is None:
            return None
        return all(self.verdict(self.round, dorm, item) is not None for item in DORM_ITEMS)

    def verdict(self, day, dorm, item):
        value = self.log.shown("inspection", day, f"dorm-{dorm}", item)
        return value if value in VERDICTS else None

    def last_written_round(self, dorm):
        of_dorm = [key for key in self.log.under("inspection", 4) if key[2] == f"dorm-{dorm}"]
        return max((key[1] for key in of_dorm if self.says_something(key)), default=self.round)

    def meets_criteria(self, dorm):
        """False if a gate is known not to hold, unknown if one is not known; the teacher's gates are open."""
        day = self.last_written_round(dorm)
        gates = [self.gate(test, dorm, day) for test in DORM_GATES if "teacher" not in test]
        if False in gates:
            return False
        return None if None in gates else True

    def gate(self, test, dorm, day):
        if "item" in test:
            if test["item"] not in DORM_ITEMS:
                sys.exit(f"the criteria rest on {test['item']}, which the book decides: not counted here")
            verdict = self.verdict(day, dorm, test["item"])
            return None if verdict is None else verdict != "fail"
        share = count(self.of_student(test["share"]["measure"], no) for no in self.dorms[dorm])
        return reaches(share, test["share"]["min_percent"])

    def activities(self):
        """Those on the list; None where none is recorded. People are counted where they are known."""
        ids = {key[1] for key in self.log.under("activity", 3)}
        listed = [id for id in ids if self.is_activity(id)]
        people = [self.activity(id, "people") for id in listed]
        known = [count for count in people if is_people(count)]
        return {"times": len(listed), "people": sum(known), "counted": len(known)} if listed else None

    def activity(self, id, field):
        return self.log.shown("activity", id, field)

    def is_activity(self, id):
        """Something is written about it that this version can read, and it was not taken off the list."""
        texts = [self.activity(id, field) for field in ACTIVITY_TEXTS]
        is_known = (
            self.activity(id, "kind") in ACTIVITY_KINDS
            or is_written(self.activity(id, "day"))
            or is_people(self.activity(id, "people"))
            or any(is_written(text) for text in texts)
        )
        return is_known and self.activity(id, "removed") is not True

    def report(self, file):
        def students(measure):
            return count(self.of_student(measure, no) for no in self.students)

        profile = {name: self.log.shown("class", "profile", name) for name in ("name", "department", "grade", "counsellor")}
        return {
            "file": file.name,
            **profile,
            "students": len(self.students),
            "people": [[no, self.log.shown("student", no, "name")] for no in self.students],
            "dorms": len(self.dorms),
            "registered": students("registered"),
            "warning_on": students("warning_on"),
            "region_right": students("region_right"),
            "pledge": students("pledge_signed"),
            "notice": students("notice_returned"),
            "quiz_taken": students("quiz_taken"),
            "quiz_passed": students("quiz_passed"),
            "dorms_inspected": count(self.is_inspected(dorm) for dorm in self.dorms),
            "dorms_met": count(self.meets_criteria(dorm) for dorm in self.dorms),
            "average_first": self.average(lambda no: self.quiz.first(no)),
            "average_best": self.average(lambda no: self.quiz.best(no)),
            "activities": self.activities(),
            "conflicts": self.log.conflicts(),
            "last_record": self.log.latest,
        }

    def average(self, share_of):
        """The mean percentage of those who have a result; None without a quiz or without any result.

        Beside it the sum, for the mean of many classes: in hundredths of a percent, to which each result is rounded.
        """
        shares = [share_of(no) for no in self.students] if self.quiz else []
        shares = [share for share in shares if share is not None]
        if not shares:
            return None
        return {
            "students": len(shares),
            "percent": hundredths(sum(shares) / len(shares)) / 100,
            "sum": sum(hundredths(share) for share in shares),
        }


class Quiz:
    """The latest paper that is no retake, with its retakes."""

    def __init__(self, log, id, papers):
        self.id, self.papers = id, papers
        self.attempts = defaultdict(list)
        for key in log.under("attempt", 4):
            _, paper, no, nth = key
            attempt = log.shown(*key)
            # One that was begun and not handed in does not count.
            if paper in papers and isinstance(attempt, dict) and attempt.get("finished") is not None:
                self.attempts[paper, no].append((int(nth), attempt))

    @classmethod
    def latest(cls, log):
        specs = {key[1]: log.shown(*key) for key in log.under("paper", 3)}
        specs = {id: spec for id, spec in specs.items() if isinstance(spec, dict)}
        roots = [id for id, spec in specs.items() if spec.get("retake_of") is None]
        if not roots:
            return None
        latest = max(roots)
        of_quiz = {id: spec for id, spec in specs.items() if id == latest or spec.get("retake_of") == latest}
        return cls(log, latest, of_quiz)

    def at(self, paper, no):
        """The shares of right answers at a paper, each with whether it passes there, oldest first."""
        attempts = [attempt for _, attempt in sorted(self.attempts[paper, no], key=lambda entry: entry[0])]
        shares = [Fraction(attempt["right"], attempt["of"]) if attempt["of"] else Fraction(0) for attempt in attempts]
        needed = Fraction(self.papers[paper]["pass"], 100)
        return [(share, share >= needed) for share in shares]

    def results(self, no):
        return [result for paper in sorted(self.papers) for result in self.at(paper, no)]

    def first(self, no):
        """At the first attempt at the paper itself; None for who was absent then."""
        return next((share for share, _ in self.at(self.id, no)), None)

    def best(self, no):
        """The best of all attempts, retakes included."""
        return max((share for share, _ in self.results(no)), default=None)


def hundredths(share):
    """In hundredths of a percent, half of one rounded up."""
    return math.floor(10_000 * share + Fraction(1, 2))


def count(standings):
    names = {True: "met", False: "unmet", None: "unknown", "apart": "apart"}
    counted = dict.fromkeys(names.values(), 0)
    for standing in standings:
        counted[names[standing]] += 1
    return counted


def reaches(share, percent):
    """Whether a share reaches a percentage whatever the unknown ones turn out to be; None if that depends on them."""
    counted = share["met"] + share["unmet"] + share["unknown"]
    if counted == 0:
        return None
    if share["met"] * 100 >= percent * counted:
        return True
    return None if (share["met"] + share["unknown"]) * 100 >= percent * counted else False


def main():
    (folder,) = sys.argv[1:]
    files = sorted(Path(folder).glob("*.zip"))
    print(json.dumps([Class(Log(operations(file))).report(file) for file in files], ensure_ascii=False, indent=2))


main()
