"""The template as CloudFormation would see it: transformed, its conditions and functions resolved.

`load` reads template.yaml. `deploy` turns it into plain CloudFormation with SAM's own translator
and resolves parameters, conditions, mappings and functions for one set of parameters. What only
exists after a deployment stays a name in angle brackets, such as `<Backup.Arn>`.
"""

import functools
import json
import logging
import os
import re
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")  # the translator asks for one
logging.disable(logging.CRITICAL)

from samcli.yamlhelper import yaml_parse  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-1",
    "AWS::StackName": "nozzle",
}
DROPPED = object()


class NoManagedPolicies:
    """The translator asks for the managed policies of the account; the template uses none."""

    def load(self):
        return {}


def load():
    """template.yaml as a dictionary, short functions (`!Ref`) in their long form."""
    return yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)  # several stacks in a row are made from one template
def transformed(text):
    """A template, given as JSON, in plain CloudFormation."""
    template = json.loads(text)
    # `sam package` uploads the code and writes its address here.
    template["Resources"]["Nozzle"]["Properties"]["CodeUri"] = "s3://bucket/nozzle.zip"
    return transform(template, {}, NoManagedPolicies())


class Stack:
    """One deployment: `resources` and `outputs` with everything resolved that can be."""

    def __init__(self, template, **parameters):
        declared = template["Parameters"]
        self.parameters = {name: str(p.get("Default", "")) for name, p in declared.items()}
        self.parameters.update(parameters)
        self.template = transformed(json.dumps(template))
        self.conditions = self.template.get("Conditions", {})
        self.resources = self._section("Resources")
        self.outputs = self._section("Outputs")

    def _section(self, section):
        return {
            name: self.resolve(body)
            for name, body in self.template.get(section, {}).items()
            if "Condition" not in body or self.holds(body["Condition"])
        }

    def properties(self, name):
        """The resolved properties of one resource."""
        return self.resources[name]["Properties"]

    def of_type(self, kind):
        """Name -> properties of all resources of a type."""
        found = self.resources.items()
        return {n: r.get("Properties", {}) for n, r in found if r["Type"] == kind}

    def refusals(self):
        """What CloudFormation would say about parameters that a rule refuses."""
        for rule in self.template.get("Rules", {}).values():
            if self.holds(rule["RuleCondition"]):
                for assertion in rule["Assertions"]:
                    if not self.holds(assertion["Assert"]):
                        yield assertion["AssertDescription"]

    def holds(self, condition):
        """Whether a condition, by name or as an expression, holds."""
        if isinstance(condition, str):
            return self.holds(self.conditions[condition])
        ((function, argument),) = condition.items()
        if function == "Condition":
            return self.holds(argument)
        if function == "Fn::Equals":
            left, right = (self.resolve(side) for side in argument)
            return left == right
        if function == "Fn::Not":
            return not self.holds(argument[0])
        raise LookupError(f"condition function {function}")

    def resolve(self, value):
        """A value with its functions carried out."""
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not DROPPED]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((function, argument),) = value.items()
            if function == "Ref":
                return self._ref(argument)
            if function.startswith("Fn::"):
                return getattr(self, "_" + function[4:].lower())(argument)
        resolved = {key: self.resolve(item) for key, item in value.items()}
        return {key: item for key, item in resolved.items() if item is not DROPPED}

    def _ref(self, name):
        if name == "AWS::NoValue":
            return DROPPED
        return self.parameters.get(name) or PSEUDO.get(name) or (
            "" if name in self.parameters else f"<{name}>"
        )

    def _getatt(self, argument):
        name = argument if isinstance(argument, str) else ".".join(argument)
        return f"<{name}>"

    def _if(self, argument):
        condition, then, otherwise = argument
        return self.resolve(then if self.holds(condition) else otherwise)

    def _findinmap(self, argument):
        mapping, first, second = (self.resolve(part) for part in argument)
        return self.template["Mappings"][mapping][first][second]

    def _sub(self, argument):
        text, names = argument if isinstance(argument, list) else (argument, {})

        def value(match):
            name = match[1]
            if name in names:
                return self.resolve(names[name])
            return self._getatt(name) if "." in name else self._ref(name)

        return re.sub(r"\$\{([^}!]+)\}", value, text)


def references(value, conditions=()):
    """The names that a part of a template refers to, by `Ref` and `Fn::Sub`.

    With the template's conditions, also what decides an `Fn::If` within that part.
    """
    if isinstance(value, list):
        return set().union(*(references(item, conditions) for item in value))
    if not isinstance(value, dict):
        return set()
    found = set()
    for key, item in value.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::Sub":
            text = item[0] if isinstance(item, list) else item
            found |= set(re.findall(r"\$\{([^}!]+)\}", text))
        elif key == "Fn::If" and item[0] in conditions:
            found |= references(conditions[item[0]], conditions)
        found |= references(item, conditions)
    return found
