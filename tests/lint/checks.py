# checks.py: the registry of checks
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A check is a function that takes a Tree and yields sentences, each beginning with where the fault
is. Its one-line docstring says why there is such a rule; its name is the name of the test case. A
check that cannot be made raises Skip."""

ALL = []


class Skip(Exception):
    pass


def check(function):
    ALL.append(function)
    return function
