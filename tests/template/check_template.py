"""Checks template.yaml, then proves that every check can fail.

Run it by `.ci/check-template`, which sets `NOZZLE` to the path of the built command. It prints each
fault, then `N passed, N failed`: one for each check of the real template, and one for each mutant,
which the check that it is listed under must find.
"""

import copy
import sys

import fan_out  # noqa: F401  (adds its checks to CHECKS)
import security  # noqa: F401  (so does this)
from checks import CHECKS
from mutants import MUTANTS, plant
from stack import Stack, load


def faults(check, template):
    """What a check finds; a template that lacks what a check reads is at fault, too."""
    try:
        return list(check(template))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        return [f"not as expected: {error!r}"]


def main():
    template = load()
    passed, failed = 0, []
    for name, check in CHECKS.items():
        found = faults(check, template)
        failed += [f"{name}: {fault}" for fault in found]
        passed += not found
    for name in CHECKS.keys() ^ MUTANTS.keys():
        failed.append(f"{name}: a check without mutants, or mutants without a check")
    for name, planted in MUTANTS.items():
        for path, value in planted:
            mutant = copy.deepcopy(template)
            plant(mutant, path, value)
            Stack(mutant)  # a mutant that SAM refuses would prove nothing
            if mutant == template:
                failed.append(f"{name}: the mutant {path} is the template itself")
            elif faults(CHECKS[name], mutant):
                passed += 1
            else:
                failed.append(f"{name}: does not find the mutant {path}")
    for line in failed:
        print(f"FAIL {line}")
    print(f"template: {passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
